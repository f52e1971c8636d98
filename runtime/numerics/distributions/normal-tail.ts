import { gammaTail } from './gamma-tail.ts';

/**
 * Upper tail of the standard normal distribution.
 *
 * @returns the probability of a value of at least z, its leading digits also where it is tiny
 * @see agrees with scipy.stats.norm.sf
 *
 * @example
 * normalTail(1.959963984540054).toFixed(9); // '0.025000000'
 */
export function normalTail(z: number): number {
  const half = gammaTail(0.5, (z * z) / 2) / 2;
  return z >= 0 ? half : 1 - half;
}
