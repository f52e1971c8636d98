/**
 * Writes a tar that every tool lists and extracts, and of which there is only one form: no owner, no time, the same modes
 * everywhere.
 *
 * @see POSIX.1-1988 (ustar)
 */
import { errors } from '../errors.ts';

export interface TarEntry {
  /** With `/`; never absolute. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Default false: mode 0644. */
  readonly executable?: boolean;
}

const BLOCK = 512;

/**
 * In the order that they are given.
 *
 * @throws BUNDLE_PATH_UNFIT if a path does not fit a ustar header
 */
export function writeTar(entries: readonly TarEntry[]): Uint8Array {
  const size = entries.reduce((sum, { bytes }) => sum + BLOCK + padded(bytes.byteLength), 2 * BLOCK);
  const tar = Buffer.alloc(size);
  let at = 0;
  for (const entry of entries) {
    writeHeader(tar.subarray(at, at + BLOCK), entry);
    tar.set(entry.bytes, at + BLOCK);
    at += BLOCK + padded(entry.bytes.byteLength);
  }
  return tar;
}

const padded = (bytes: number): number => Math.ceil(bytes / BLOCK) * BLOCK;

function writeHeader(header: Buffer, { path, bytes, executable = false }: TarEntry): void {
  const { name, prefix } = splitPath(path);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0');
  header.write(name, 0);
  header.write(`${octal(executable ? 0o755 : 0o644, 7)}\0`, 100);
  header.write(`${octal(0, 7)}\0`, 108);
  header.write(`${octal(0, 7)}\0`, 116);
  header.write(`${octal(bytes.byteLength, 11)}\0`, 124);
  header.write(`${octal(0, 11)}\0`, 136);
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\0' + '00', 257);
  header.write(`${octal(0, 7)}\0`, 329);
  header.write(`${octal(0, 7)}\0`, 337);
  header.write(prefix, 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\0 `, 148);
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
