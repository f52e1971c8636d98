import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { newId } from '../../base/index.ts';

/** Puts a small file in the place of the one before: after a power cut there is the old one or the new one, whole. */
export async function writeDurably(file: string, text: string): Promise<void> {
  const draft = `${file}.${newId()}.draft`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
  await flushFolder(dirname(file));
}

/** Puts on the disk which files a folder holds. */
export async function flushFolder(directory: string): Promise<void> {
  // Windows opens no folders; there the file system's own journal does it.
  if (process.platform === 'win32') return;
  const handle = await open(directory);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
