import { errors } from '../errors.ts';
import { BLOCK, parseHeader } from './parse-header.ts';
import type { TarEntry } from './write-tar.ts';

/**
 * The files of a tar that is held in memory whole, as `writeTar` makes them.
 *
 * @param bundle for messages
 * @throws BUNDLE_INVALID where it is no tar, BUNDLE_CUT, BUNDLE_ALTERED
 */
export function listTar(bundle: string, tar: Uint8Array): TarEntry[] {
  const entries: TarEntry[] = [];
  const view = Buffer.from(tar.buffer, tar.byteOffset, tar.byteLength);
  for (let at = 0; ;) {
    const block = view.subarray(at, at + BLOCK);
    if (block.byteLength < BLOCK) throw errors.BUNDLE_CUT({ bundle, missing: 'its end is missing' });
    if (block.every((byte) => byte === 0)) return entries;
    const { path, bytes, type, executable } = parseHeader(bundle, block);
    if (type !== '0') throw errors.BUNDLE_ALTERED({ bundle, problem: `${path} is not written as Millrace writes it` });
    const start = at + BLOCK;
    at = start + Math.ceil(bytes / BLOCK) * BLOCK;
    if (at > view.byteLength) throw errors.BUNDLE_CUT({ bundle, missing: `the end of ${path}` });
    entries.push({ path, bytes: view.subarray(start, start + bytes), executable });
  }
}
