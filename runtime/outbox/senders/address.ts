import type { Target } from '../schema.ts';

/** How a target is named in messages: without secrets. */
export function addressOf(target: Target): string {
  return target.type === 'built-in' ? `127.0.0.1:${target.port}` : target.url;
}
