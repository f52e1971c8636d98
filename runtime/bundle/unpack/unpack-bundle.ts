import { resolve } from 'node:path';
import { errors } from '../errors.ts';
import { readBundle } from '../read/read-bundle.ts';
import { readPieces } from '../read/content-of.ts';
import type { Bundle, OpenBundle } from '../types.ts';
import { type RoomOptions, writeFolder } from './write-folder.ts';

export interface UnpackOptions extends RoomOptions {
  /** The digest of the bundle that was accepted: another one in its place is not unpacked. */
  readonly digest?: string;
}

/**
 * Unpacks a bundle, from its file or from a folder, to a folder of its own, which appears whole or not at all and takes the
 * place of what was there. Every file is held against its SHA-256 while it is written; files and folder are on the disk when
 * this resolves, and read-only. What had been written is removed where something goes wrong.
 *
 * @param directory its parent must exist
 * @throws as `readBundle` does; BUNDLE_ALTERED, BUNDLE_CUT, BUNDLE_NO_ROOM, BUNDLE_NOT_UNPACKED
 */
export async function unpackBundle(path: string, directory: string, options: UnpackOptions = {}): Promise<OpenBundle> {
  const bundle = await readBundle(path);
  if (options.digest !== undefined && bundle.digest !== options.digest) {
    const problem = `it is now another bundle, with the digest ${bundle.digest}`;
    throw errors.BUNDLE_ALTERED({ bundle: path, problem });
  }
  await writeFolder(bundle, resolve(directory), options);
  return await readBundle(directory);
}

/**
 * As `unpackBundle`, of files that came one by one.
 *
 * @param bundle  accepted already: its envelope is written down with it
 * @param fileOf  where the file with this SHA-256 lies; asked once for each path of the bundle
 * @throws BUNDLE_MISSING, BUNDLE_ALTERED, BUNDLE_CUT, BUNDLE_NO_ROOM, BUNDLE_NOT_UNPACKED
 */
export async function assembleBundle(
  bundle: Bundle,
  fileOf: (sha256: string) => string,
  directory: string,
  options: RoomOptions = {},
): Promise<OpenBundle> {
  const source = bundle.manifest.name;
  const content = (path: string) => readPieces(source, fileOf(bundle.manifest.files[path]?.sha256 ?? ''));
  await writeFolder({ ...bundle, source, content }, resolve(directory), options);
  return await readBundle(directory);
}
