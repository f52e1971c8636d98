import type { Target } from '../schema.ts';

/** How a target is named in messages: without secrets. */
export function addressOf(target: Target): string {
  switch (target.type) {
    case 'built-in':
      return `127.0.0.1:${target.port}`;
    case 's3':
      return `${target.endpoint || 's3'}/${target.bucket}`;
    case 'sqlite':
      return target.file;
    case 'files':
      return target.folder;
    default:
      return target.url;
  }
}
