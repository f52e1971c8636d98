import { errors } from './errors.ts';

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u;
/** Names that Windows keeps for devices, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A name that is safe as the name of a directory on any system, and cannot lead out of its own.
 *
 * @throws RECORDING_NAME
 */
export function checkName(name: string): string {
  const trimmed = name.trim();
  if (isName(trimmed)) return trimmed;
  throw errors.RECORDING_NAME({ name });
}

/**
 * What tells one recording of a name from the others: when it was begun, in UTC.
 *
 * @example
 * takeOf(Date.UTC(2026, 10, 21, 5, 40, 12)); // '20261121-054012'
 */
export const takeOf = (started: number): string =>
  new Date(started)
    .toISOString()
    .replace(/[-:]|\..*$/g, '')
    .replace('T', '-');

/** Whether a recording can be called so. */
export const isName = (name: string): boolean =>
  NAME.test(name) && !name.endsWith('.') && !name.includes('..') && !DEVICE.test(name);
