import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { newId } from '../base/index.ts';
import { linkDraft } from './link-draft.ts';

/**
 * Writes a small file for its owner only: after a power cut there is the one before or the new one, whole. Nothing else is left
 * where it fails, as on a full disk.
 *
 * @param existing what becomes of a file that is there already; of several who `keep` at once the first one's text stays
 * @throws what the file system says
 */
export async function writeDurably(
  file: string,
  text: string,
  existing: 'replace' | 'keep' = 'replace',
): Promise<void> {
  const draft = `${file}.${newId()}.draft`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (existing === 'replace') await rename(draft, file);
    else await linkUnlessThere(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
  await flushFolder(dirname(file));
}

async function linkUnlessThere(draft: string, file: string): Promise<void> {
  try {
    await linkDraft(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  await rm(draft, { force: true });
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
