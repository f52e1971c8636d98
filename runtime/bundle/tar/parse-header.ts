/** The 512 bytes before each file of a tar. */
import { errors } from '../errors.ts';

/** @see POSIX.1-2017, pax, "ustar Interchange Format" */
export const BLOCK = 512;

export interface TarHeader {
  readonly path: string;
  readonly bytes: number;
  /** `0` a file, `5` a folder, `x` and `g` more about what comes next; the rest are links and devices. */
  readonly type: string;
  readonly executable: boolean;
}

/**
 * @param bundle for messages
 * @throws BUNDLE_INVALID where it is no tar, BUNDLE_ALTERED where it was damaged
 */
export function parseHeader(bundle: string, block: Buffer): TarHeader {
  const magic = block.toString('latin1', 257, 265);
  const posix = magic === 'ustar\u000000';
  if (!posix && magic !== 'ustar  \0') throw errors.BUNDLE_INVALID({ bundle, problem: 'it is no tar' });
  const altered = (problem: string) => errors.BUNDLE_ALTERED({ bundle, problem });
  const stated = /^[0-7]{6}\0 $/.exec(block.toString('latin1', 148, 156));
  if (!stated || parseInt(stated[0], 8) !== checksum(block)) throw altered('the checksum of a header is wrong');

  const name = text(block, 0, 100);
  // Where GNU tar keeps times.
  const prefix = posix ? text(block, 345, 500) : '';
  if (name === undefined || prefix === undefined) throw altered('the name of a file cannot be read');
  const bytes = octal(block, 124, 136);
  const mode = octal(block, 100, 108);
  if (bytes === undefined || mode === undefined) throw altered(`the header of ${name} cannot be read`);
  const type = block.toString('latin1', 156, 157);
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    bytes,
    type: type === '\0' ? '0' : type,
    executable: (mode & 0o100) !== 0,
  };
}

/** Of all bytes, its own field counted as spaces. */
function checksum(block: Buffer): number {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 0x20 : (block[i] ?? 0);
  return sum;
}

/** Up to the first NUL, behind which nothing may hide. */
function text(block: Buffer, from: number, to: number): string | undefined {
  const field = block.subarray(from, to);
  const end = field.indexOf(0);
  if (end >= 0 && field.subarray(end).some((byte) => byte !== 0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(end < 0 ? field : field.subarray(0, end));
  } catch {
    return undefined;
  }
}

/** GNU's way to write sizes above 8 GiB is none of ours. */
function octal(block: Buffer, from: number, to: number): number | undefined {
  const field = block.toString('latin1', from, to);
  return /^ *[0-7]+[\0 ]*$/.test(field) ? parseInt(field.trim(), 8) : undefined;
}
