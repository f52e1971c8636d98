import { readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { newId } from '../../base/index.ts';
import { PARTIAL } from './find-packages.ts';

/** Removes a folder of which nobody sees a part: it takes the name of an unfinished one first. */
export async function removeFolder(directory: string): Promise<void> {
  const gone = `${directory}${PARTIAL}${newId()}`;
  try {
    await rename(directory, gone);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  await rm(gone, { recursive: true, force: true });
}

/** Whoever still writes one has touched it since. */
const ABANDONED_MS = 10 * 60_000;

/** Removes what a process left unfinished that was ended while it wrote. */
export async function removeAbandoned(root: string, now: number): Promise<void> {
  const names = await readdir(root).catch(() => []);
  for (const name of names.filter((each) => basename(each).includes(PARTIAL))) {
    const path = join(root, name);
    const { mtimeMs = now } = (await stat(path).catch(() => undefined)) ?? {};
    if (now - mtimeMs > ABANDONED_MS) await rm(path, { recursive: true, force: true });
  }
}
