import { errors } from '../errors.ts';
import { createPathWatch, pathProblem, strayProblem } from '../safe-path.ts';
import type { ByteSource } from './byte-source.ts';
import { paxPath } from './pax.ts';
import { BLOCK, parseHeader, type TarHeader } from './parse-header.ts';

export interface TarredFile {
  readonly path: string;
  readonly bytes: number;
  readonly executable: boolean;
  /** Where its content begins. */
  readonly offset: number;
  /** In pieces; to be read before the next entry, or not at all. @throws BUNDLE_CUT */
  content(): AsyncGenerator<Buffer, void>;
}

export interface ReadTarOptions {
  /** For messages. */
  readonly name: string;
  /**
   * `bundle`: files only, under paths that every system can hold. `package`: as npm packs, so also folders, which are
   * passed over, and long paths by way of pax.
   */
  readonly kind: 'bundle' | 'package';
}

/** Of a file's content at once. */
const PIECE = 256 * 1024;
/** Zeros at the end; tar pads its output to 20 blocks. */
const LONGEST_END = 20 * BLOCK;

/**
 * The files of a tar, one after the other. Whoever made it may mean harm: links, devices, and paths that lead out of the
 * folder or take each other's place are refused before anything of them is handed out, and what pretends to be larger than
 * it is ends where the bytes do.
 *
 * @throws BUNDLE_INVALID, BUNDLE_CUT, BUNDLE_ALTERED, BUNDLE_PATH_UNSAFE
 * @see POSIX.1-2017, pax, "ustar Interchange Format"
 */
export async function* readTar(source: ByteSource, { name, kind }: ReadTarOptions): AsyncGenerator<TarredFile, void> {
  const problemOf = kind === 'bundle' ? pathProblem : strayProblem;
  // Packages are as they are: some have README and readme.
  const clash = kind === 'bundle' ? createPathWatch() : createPathWatch((path) => path);
  let offset = 0;
  let longPath: string | undefined;

  const take = async (length: number, what: string): Promise<Buffer> => {
    const bytes = await source.read(length);
    offset += bytes.byteLength;
    if (bytes.byteLength < length) throw errors.BUNDLE_CUT({ bundle: name, missing: `it ends within ${what}` });
    return bytes;
  };
  const takePadding = async ({ path, bytes }: TarHeader): Promise<void> => {
    const padding = await take((BLOCK - (bytes % BLOCK)) % BLOCK, path);
    if (padding.some((byte) => byte !== 0)) {
      throw errors.BUNDLE_ALTERED({ bundle: name, problem: `something hides behind ${path}` });
    }
  };

  for (;;) {
    const block = await source.read(BLOCK);
    if (block.byteLength < BLOCK) throw errors.BUNDLE_CUT({ bundle: name, missing: 'its end is missing' });
    offset += BLOCK;
    if (block.every((byte) => byte === 0)) return await checkEnd(source, name, kind);
    const header = parseHeader(name, block);
    if (kind === 'package' && (header.type === 'x' || header.type === 'g')) {
      const record = await readRecord(header, take, name);
      await takePadding(header);
      if (header.type === 'x') longPath = record;
      continue;
    }
    const path = longPath ?? header.path;
    longPath = undefined;
    if (kind === 'package' && header.type === '5' && header.bytes === 0) continue;
    const problem = header.type === '0' ? (problemOf(path) ?? clash(path)) : wordOf(header.type);
    if (problem !== undefined) throw errors.BUNDLE_PATH_UNSAFE({ bundle: name, path, problem });

    let left = header.bytes;
    const begin = offset;
    yield {
      ...{ path, bytes: header.bytes, executable: header.executable, offset: begin },
      async *content() {
        while (left > 0) {
          const piece = await take(Math.min(left, PIECE), path);
          left -= piece.byteLength;
          yield piece;
        }
      },
    };
    // What nobody wanted.
    await source.skip(left);
    offset += left;
    await takePadding({ ...header, path });
  }
}

/** More than that is no name of a file. */
const LONGEST_RECORD = 64 * 1024;

async function readRecord(
  { bytes, path }: TarHeader,
  take: (length: number, what: string) => Promise<Buffer>,
  bundle: string,
): Promise<string | undefined> {
  if (bytes <= LONGEST_RECORD) return paxPath(bundle, await take(bytes, path));
  throw errors.BUNDLE_ALTERED({ bundle, problem: `what it says of a path has ${bytes} bytes` });
}

/** A second block of zeros, and nothing but zeros; in a bundle, of which there is one form only, no more of them. */
async function checkEnd(source: ByteSource, bundle: string, kind: ReadTarOptions['kind']): Promise<void> {
  const rest = await source.read(LONGEST_END);
  if (rest.byteLength < BLOCK) throw errors.BUNDLE_CUT({ bundle, missing: 'its end is missing' });
  const longest = kind === 'bundle' ? BLOCK : LONGEST_END - 1;
  if (rest.byteLength > longest || rest.some((byte) => byte !== 0)) {
    throw errors.BUNDLE_ALTERED({ bundle, problem: 'something follows its end' });
  }
}

const WORDS: Readonly<Record<string, string>> = {
  '1': 'it is a hard link',
  '2': 'it is a symbolic link',
  '3': 'it is a device',
  '4': 'it is a device',
  '5': 'it is a folder of its own',
  '6': 'it is a pipe',
};

const wordOf = (type: string): string => WORDS[type] ?? `it is of the kind ${JSON.stringify(type)}, not a plain file`;
