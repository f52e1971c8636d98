/** Files that hold something signed. */
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { asMillraceError } from '../base/index.ts';
import { linkDraft } from '../keys/index.ts';
import { errors } from './errors.ts';

/** @throws SIGNED_FILE_UNREADABLE */
export async function readSignedFile(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (cause) {
    throw errors.SIGNED_FILE_UNREADABLE({ file, reason: asMillraceError(cause).message }, { cause });
  }
}

/**
 * Whole under its name, or not at all.
 *
 * @param existing what becomes of a file that is there: `keep` refuses
 * @throws SIGNED_FILE_NOT_WRITTEN
 */
export async function writeSignedFile(
  file: string,
  content: string | Uint8Array,
  existing: 'keep' | 'replace',
): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    const handle = await open(draft, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await (existing === 'replace' ? rename(draft, file) : linkDraft(draft, file));
  } catch (cause) {
    const there = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    const reason = there ? 'it is there already' : asMillraceError(cause).message;
    throw errors.SIGNED_FILE_NOT_WRITTEN({ file, reason }, { cause });
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}
