import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { errors } from '../errors.ts';

/** By what a compressed file begins with, and how it is made plain again. */
const KINDS: readonly { readonly magic: string; readonly with: string; readonly command: (file: string) => string }[] =
  [
    { magic: '1f8b', with: 'gzip', command: (file) => `gzip -dc ${file} > ${plain(file)}` },
    { magic: '28b52ffd', with: 'zstd', command: (file) => `zstd -dc ${file} > ${plain(file)}` },
    { magic: 'fd377a585a00', with: 'xz', command: (file) => `xz -dc ${file} > ${plain(file)}` },
    { magic: '425a68', with: 'bzip2', command: (file) => `bzip2 -dc ${file} > ${plain(file)}` },
    { magic: '504b0304', with: 'zip', command: (file) => `unzip ${file}` },
  ];

/** `pump.mrb.gz` → `pump.mrb`; what does not say that it is compressed becomes `plain-pump.mrb`. */
function plain(file: string): string {
  const name = basename(file);
  const shorter = name.replace(/\.(gz|tgz|zst|xz|bz2)$/i, '');
  return shorter === name ? `plain-${name}` : shorter;
}

/**
 * What was compressed is not unpacked here: how much comes out of it nobody knows.
 *
 * @throws BUNDLE_COMPRESSED; BUNDLE_CUT where the file is empty
 */
export async function refuseCompressed(handle: FileHandle, file: string, size: number): Promise<void> {
  if (size === 0) throw errors.BUNDLE_CUT({ bundle: file, missing: 'it is empty' });
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
  const begin = buffer.toString('hex', 0, bytesRead);
  const kind = KINDS.find(({ magic }) => begin.startsWith(magic));
  if (kind) throw errors.BUNDLE_COMPRESSED({ bundle: file, with: kind.with, command: kind.command(file) });
}
