import { errors } from './errors.ts';

/**
 * Of the option `--max-memory`.
 *
 * @returns bytes
 * @throws OPTION_INVALID
 */
export function megabytes(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= 64) return number * 1e6;
  throw errors.OPTION_INVALID({ option: '--max-memory', value, expected: 'a number of megabytes, at least 64' });
}
