import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { errors } from '../errors.ts';
import { checking } from '../read/checked-content.ts';
import { streamSource } from '../tar/byte-source.ts';
import { readTar } from '../tar/read-tar.ts';
import type { BundleNodePackage, OpenBundle } from '../types.ts';
import type { FileWriter } from '../unpack/file-writer.ts';
import type { Allowance } from './allowance.ts';
import { LIBRARY_HEAD, machinesOf } from './native-library.ts';

/**
 * Unpacks a tarball as npm makes them: what is in its one folder, `package/`, goes to `directory`.
 *
 * @returns of each native library in it, what machines it is for
 * @throws BUNDLE_ALTERED, BUNDLE_CUT, BUNDLE_PATH_UNSAFE, BUNDLE_TOO_BIG, and what the file system throws
 */
export async function unpackPackage(
  bundle: OpenBundle,
  { tarball, integrity, name }: BundleNodePackage,
  directory: string,
  { writer, allowance }: { readonly writer: FileWriter; readonly allowance: Allowance },
): Promise<string[][]> {
  const place = `${bundle.source}, ${tarball}`;
  const packed = bundle.manifest.files[tarball]?.bytes ?? 0;
  const hash = createHash('sha512');
  const libraries: string[][] = [];
  const content = hashing(checking(bundle, tarball, bundle.content(tarball)), hash);
  const source = streamSource(watched(gunzipped(content), (bytes, all) => allowance.bytes(name, bytes, all, packed)));
  await mkdir(directory, { recursive: true, mode: 0o700 });
  try {
    for await (const entry of readTar(source, { name: place, kind: 'package' })) {
      const path = entry.path.split('/').slice(1).join('/');
      if (path === '') {
        throw errors.BUNDLE_PATH_UNSAFE({ bundle: place, path: entry.path, problem: 'it lies beside the package' });
      }
      allowance.file(name);
      const file = join(directory, path);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      const head: Buffer[] = [];
      await writer.write(file, keepingHead(entry.content(), head), { mode: entry.executable ? 0o555 : 0o444 });
      if (path.endsWith('.node')) libraries.push(machinesOf(Buffer.concat(head).subarray(0, LIBRARY_HEAD)));
    }
  } catch (error) {
    throw told(error, place);
  }
  if (`sha512-${hash.digest('base64')}` !== integrity) {
    throw errors.BUNDLE_ALTERED({ bundle: place, problem: 'it is not the package that the bundle names' });
  }
  return libraries;
}

/** Flows through the decompressor no faster than it is asked for: what a bomb holds never stands in memory. */
function gunzipped(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip();
  // Whoever reads on meets the error.
  pipeline(Readable.from(content), gunzip, () => undefined);
  return gunzip as AsyncIterable<Uint8Array>;
}

async function* hashing(content: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const piece of content) {
    hash.update(piece);
    yield piece;
  }
}

/** Told of all that comes out, whatever it pretends to be. */
async function* watched(content: AsyncIterable<Uint8Array>, watch: (bytes: number, all: number) => void) {
  let all = 0;
  for await (const piece of content) {
    all += piece.byteLength;
    watch(piece.byteLength, all);
    yield piece;
  }
}

/** The pieces that its first bytes lie in are put into `head`. */
async function* keepingHead(content: AsyncIterable<Buffer>, head: Buffer[]) {
  for await (const piece of content) {
    if (head.reduce((sum, { byteLength }) => sum + byteLength, 0) < LIBRARY_HEAD) head.push(piece);
    yield piece;
  }
}

/** What the decompressor and the file system say of what was not made by npm. */
function told(error: unknown, bundle: string): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR') return errors.BUNDLE_CUT({ bundle, missing: 'its end is missing' }, { cause: error });
  if (code.startsWith('Z_')) return errors.BUNDLE_ALTERED({ bundle, problem: message }, { cause: error });
  if (code !== 'EEXIST' && code !== 'ENOTDIR') return error;
  const problem = 'another package has put something in its place';
  return errors.BUNDLE_PATH_UNSAFE({ bundle, path: message, problem }, { cause: error });
}
