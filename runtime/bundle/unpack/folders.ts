import { chmod, lstat, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { newId } from '../../base/index.ts';
import { flushFolder } from '../../keys/index.ts';

/** Flushes a folder and lets nothing be added to it. */
export async function closeFolder(directory: string): Promise<void> {
  await flushFolder(directory);
  await chmod(directory, 0o555);
}

/** As `closeFolder`, with all folders in it. */
export async function closeFolders(directory: string): Promise<void> {
  // The deepest first: nothing can be changed in what holds them then.
  for (const folder of await foldersIn(directory)) await closeFolders(folder);
  await closeFolder(directory);
}

/** Removes the folder of an unpacked bundle, which is read-only all through; harmless where there is none. */
export async function removeBundle(directory: string): Promise<void> {
  await openFolders(directory);
  await rm(directory, { recursive: true, force: true });
}

/** What a power cut in the middle of unpacking has left beside `directory`. */
export async function removeLeftovers(directory: string): Promise<void> {
  const begin = `${basename(directory)}.`;
  for (const entry of await readdir(dirname(directory), { withFileTypes: true })) {
    const rest = entry.name.startsWith(begin) ? entry.name.slice(begin.length) : '';
    if (entry.isDirectory() && LEFT.test(rest)) await removeBundle(join(dirname(directory), entry.name));
  }
}

/** Where `directory` is put together before it takes its place. */
export const draftOf = (directory: string, kind: 'partial' | 'packages'): string => `${directory}.${kind}-${newId()}`;
const LEFT = /^(partial|packages)-[0-9a-f-]{36}$/;

/** Folders that are read-only keep their files, save from root. */
async function openFolders(directory: string): Promise<void> {
  const found = await lstat(directory).catch(() => undefined);
  if (!found?.isDirectory()) return;
  await chmod(directory, 0o700);
  for (const folder of await foldersIn(directory)) await openFolders(folder);
}

async function foldersIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(directory, name));
}
