import { link, open, readFile, rm, stat } from 'node:fs/promises';

/** What file systems say that have no links, as on a USB stick. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/**
 * Gives a draft that is whole and on the disk a second name, never that of another file. Where the file system has no links it
 * is written once more under that name: there, and only there, a power cut in the middle may leave half of it.
 *
 * @throws EEXIST where there is such a file, and what else the file system says
 */
export async function linkDraft(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await write(file, await readFile(draft), (await stat(draft)).mode & 0o777);
  }
}

async function write(file: string, content: Uint8Array, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } catch (error) {
    await rm(file, { force: true }).catch(() => undefined);
    throw error;
  } finally {
    await handle.close();
  }
}
