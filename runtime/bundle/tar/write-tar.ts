/**
 * Writes a tar that every tool lists and extracts, and of which there is only one form: no owner, no time, the same modes
 * everywhere.
 *
 * @see POSIX.1-2017, pax, "ustar Interchange Format"
 */
import { errors } from '../errors.ts';
import { BLOCK } from './parse-header.ts';

export interface TarEntry {
  /** With `/`; never absolute. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Default false: mode 0644. */
  readonly executable?: boolean;
}

/** After the last file. */
const END = new Uint8Array(2 * BLOCK);

/**
 * In the order that they are given.
 *
 * @throws BUNDLE_PATH_UNFIT if a path does not fit a ustar header
 */
export const writeTar = (entries: readonly TarEntry[]): Uint8Array =>
  Buffer.concat([...entries.flatMap(tarParts), END]);

/** One file, as it stands in a tar: its header, its content, and what fills the last block. */
function tarParts(entry: TarEntry): readonly [Uint8Array, Uint8Array, Uint8Array] {
  const { byteLength } = entry.bytes;
  return [header(entry), entry.bytes, new Uint8Array(Math.ceil(byteLength / BLOCK) * BLOCK - byteLength)];
}

function header({ path, bytes, executable = false }: TarEntry): Uint8Array {
  const block = Buffer.alloc(BLOCK);
  const { name, prefix } = splitPath(path);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0');
  block.write(name, 0);
  block.write(octal(executable ? 0o755 : 0o644, 7), 100);
  // Owner, group, and further on the numbers of a device: none.
  for (const at of [108, 116, 329, 337]) block.write(octal(0, 7), at);
  block.write(octal(bytes.byteLength, 11), 124);
  block.write(octal(0, 11), 136);
  block.write(' '.repeat(8), 148);
  block.write('0', 156);
  block.write('ustar\u000000', 257);
  block.write(prefix, 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\u0000 `, 148);
  return block;
}

/** A name has 100 bytes, and 155 more for the folders before it. */
function splitPath(path: string): { readonly name: string; readonly prefix: string } {
  const fits = (text: string, most: number) => Buffer.byteLength(text) <= most;
  if (fits(path, 100)) return { name: path, prefix: '' };
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (name !== '' && fits(name, 100) && fits(prefix, 155)) return { name, prefix };
  }
  throw errors.BUNDLE_PATH_UNFIT({ path });
}
