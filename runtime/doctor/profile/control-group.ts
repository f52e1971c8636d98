import { join } from 'node:path';
import { textOf } from './text-of.ts';

/** The folder of this process' control group (version 2), where there is one. */
export async function controlGroup(): Promise<string | undefined> {
  const [, path] = /^0::(.*)$/m.exec(await textOf('/proc/self/cgroup')) ?? [];
  return path === undefined ? undefined : join('/sys/fs/cgroup', path);
}
