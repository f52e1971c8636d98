import { gammaTail } from './gamma-tail.ts';

/**
 * The value that a gamma distribution with scale 1 exceeds with the given probability.
 *
 * @param shape positive
 * @param tail  in (0, 1): the probability of a larger value
 * @returns to about 1e-12 of it
 * @see agrees with scipy.stats.gamma.isf
 *
 * @example
 * gammaQuantile(1, 0.05).toFixed(9); // '2.995732274'
 */
export function gammaQuantile(shape: number, tail: number): number {
  let low = 0;
  let high = shape + 1;
  while (gammaTail(shape, high) > tail) {
    low = high;
    high *= 2;
  }
  // Halving is slower than Newton's method, but cannot leave the interval where the tail is steep.
  for (let turn = 0; turn < 200 && high - low > 1e-13 * high; turn++) {
    const middle = (low + high) / 2;
    if (gammaTail(shape, middle) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
