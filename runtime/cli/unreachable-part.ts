import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The first folder on the way to a file that others than its owner may not go through, or the file if they may not read it. */
export async function unreachablePart(file: string): Promise<string | undefined> {
  const folders: string[] = [];
  for (let path = dirname(file); ; path = dirname(path)) {
    folders.unshift(path);
    if (path === dirname(path)) break;
  }
  for (const folder of folders) if (((await stat(folder)).mode & 0o001) === 0) return folder;
  return ((await stat(file)).mode & 0o004) === 0 ? file : undefined;
}
