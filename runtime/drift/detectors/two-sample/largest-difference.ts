import { checkCounts } from './check-samples.ts';

/**
 * L-infinity distance of two sets of counts: by how much the share of one bin or category differs at most.
 *
 * @param reference counts by bin or category
 * @param current   counts of the same
 * @returns in [0, 1]
 * @throws SAMPLE_EMPTY, SAMPLE_NOT_FINITE, COUNTS_UNEQUAL
 *
 * @example
 * largestDifference([50, 50], [75, 25]); // 0.25
 */
export function largestDifference(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const [m, n] = checkCounts('l-infinity', reference, current);
  let largest = 0;
  for (let bin = 0; bin < reference.length; bin++) {
    largest = Math.max(largest, Math.abs((current[bin] as number) / n - (reference[bin] as number) / m));
  }
  return largest;
}
