import { checkCounts } from './check-samples.ts';

/**
 * Hellinger distance of two sets of counts.
 *
 * @param reference counts by bin or category
 * @param current   counts of the same
 * @returns in [0, 1]
 * @throws SAMPLE_EMPTY, SAMPLE_NOT_FINITE, COUNTS_UNEQUAL
 * @see Hellinger (1909)
 *
 * @example
 * hellinger([1, 0], [0, 1]); // 1
 */
export function hellinger(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const [m, n] = checkCounts('hellinger', reference, current);
  let sum = 0;
  for (let bin = 0; bin < reference.length; bin++) {
    const gap = Math.sqrt((current[bin] as number) / n) - Math.sqrt((reference[bin] as number) / m);
    sum += gap * gap;
  }
  return Math.min(1, Math.sqrt(sum / 2));
}
