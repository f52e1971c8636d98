import type { SigningKey } from '../../keys/index.ts';
import type { Release } from '../types.ts';

export interface SignOptions {
  readonly keys: readonly SigningKey[];
  /** ms since the epoch */
  readonly now: number;
  /** Only grows. Default: the minutes since 2020. */
  readonly version?: number;
  /** ms since the epoch. Default: a year after `now`. */
  readonly expires?: number;
  /** Default: `any`. */
  readonly group?: string;
}

/**
 * Signs a bundle: its release becomes its last file, in place of one that was there.
 *
 * @param bundle the bytes of a `.mrb`
 * @throws what is wrong with the bundle
 */
export function signBundle(bundle: Uint8Array, options: SignOptions): { bytes: Uint8Array; release: Release } {
  throw new Error(String(bundle.byteLength + options.now));
}
