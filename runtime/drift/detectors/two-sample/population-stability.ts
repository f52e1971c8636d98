import { checkCounts } from './check-samples.ts';

/** A share is taken for at least this: the logarithm of an empty bin would be infinite. */
const FLOOR = 1e-4;

/**
 * Population stability index of two sets of counts: Σ (current - reference) ln(current / reference) over the shares. Its
 * textbook bounds, .1 and .2, say nothing for small windows: of equal distributions it is about (bins - 1) (1/m + 1/n).
 *
 * @param reference counts by bin or category
 * @param current   counts of the same
 * @throws SAMPLE_EMPTY, SAMPLE_NOT_FINITE, COUNTS_UNEQUAL
 * @see Yurdakul and Naranjo (2020), Journal of Risk Model Validation 14(4): its distribution
 *
 * @example
 * populationStability([50, 50], [75, 25]).toFixed(6); // '0.274653'
 */
export function populationStability(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const [m, n] = checkCounts('population-stability', reference, current);
  let sum = 0;
  for (let bin = 0; bin < reference.length; bin++) {
    const was = Math.max(FLOOR, (reference[bin] as number) / m);
    const is = Math.max(FLOOR, (current[bin] as number) / n);
    sum += (is - was) * Math.log(is / was);
  }
  return sum;
}
