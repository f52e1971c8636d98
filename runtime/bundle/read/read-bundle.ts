import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errors } from '../errors.ts';
import type { OpenBundle } from '../types.ts';
import { readBundleFile } from './read-file.ts';
import { readBundleFolder } from './read-folder.ts';

/**
 * Reads what a bundle is, from its file or from the folder that it was unpacked to. That its files are all there, and none
 * too many, is checked; what is in them is when they are read, and by `checkContents` for all. Nothing is said of its signature:
 * that is what `acceptRelease` does.
 *
 * @throws BUNDLE_MISSING, BUNDLE_COMPRESSED, BUNDLE_INVALID, BUNDLE_FORMAT_NEWER, BUNDLE_CUT, BUNDLE_ALTERED, BUNDLE_PATH_UNSAFE,
 *   BUNDLE_TOO_BIG
 */
export async function readBundle(path: string): Promise<OpenBundle> {
  const source = resolve(path);
  const found = await stat(source).catch((error: NodeJS.ErrnoException) => {
    throw errors.BUNDLE_MISSING({ bundle: path, reason: error.code ?? error.message }, { cause: error });
  });
  return found.isDirectory() ? await readBundleFolder(source) : await readBundleFile(source, found.size);
}
