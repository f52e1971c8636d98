import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a file so that it is there whole, or not at all, also after a power cut: under another name beside it, flushed,
 * renamed, and the folders flushed that hold the names.
 *
 * @param folder is there already: where it has gone away it is not made again
 * @param name   in it; folders within it are made
 */
export async function writeDurably(folder: string, name: string, body: Uint8Array): Promise<void> {
  const path = join(folder, name);
  const unfinished = join(dirname(path), `.${basename(path)}.tmp`);
  await makeWithin(folder, dirname(name));
  try {
    const file = await open(unfinished, 'w');
    try {
      await file.writeFile(body);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
  await flushFolder(dirname(path));
}

async function makeWithin(folder: string, inner: string): Promise<void> {
  let at = folder;
  for (const part of inner === '.' ? [] : inner.split('/')) {
    const parent = at;
    at = join(at, part);
    try {
      await mkdir(at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      continue;
    }
    await flushFolder(parent);
  }
}

async function flushFolder(folder: string): Promise<void> {
  // Windows opens no folders; its file system keeps their names in its journal.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
