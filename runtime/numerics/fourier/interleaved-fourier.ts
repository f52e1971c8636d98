import { createBluestein } from './bluestein.ts';
import { createMixedRadix, MAX_FACTOR } from './mixed-radix.ts';
import { largestFactor } from './largest-factor.ts';

/** A discrete Fourier transform of complex values that lie interleaved: real, imaginary, real, imaginary, … */
export interface InterleavedFourier {
  /** Complex values. */
  readonly size: number;
  /** What its tables and its scratch hold. */
  readonly bytes: number;
  /**
   * @param values left as they are
   * @param from   where in `values` to begin
   * @returns its own buffer, which keeps them until the next run
   */
  run(values: Float64Array, from?: number): Float64Array;
}

/**
 * By mixed radices where the size is a product of small numbers, otherwise by Bluestein's algorithm.
 *
 * @param size at least 1
 * @throws {RangeError} if it is no positive integer
 */
export function createInterleavedFourier(size: number): InterleavedFourier {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`a Fourier transform of ${size}: no positive integer`);
  return largestFactor(size) <= MAX_FACTOR ? createMixedRadix(size) : createBluestein(size);
}
