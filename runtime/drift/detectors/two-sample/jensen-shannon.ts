import { checkCounts } from './check-samples.ts';

/**
 * Jensen–Shannon distance of two sets of counts, with logarithms to base 2: the root of the divergence.
 *
 * @param reference counts by bin or category
 * @param current   counts of the same
 * @returns in [0, 1]
 * @throws SAMPLE_EMPTY, SAMPLE_NOT_FINITE, COUNTS_UNEQUAL
 * @see Endres and Schindelin (2003); agrees with scipy.spatial.distance.jensenshannon(base=2) to 1e-9
 *
 * @example
 * jensenShannon([1, 0], [0, 1]); // 1
 */
export function jensenShannon(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const [m, n] = checkCounts('jensen-shannon', reference, current);
  let sum = 0;
  for (let bin = 0; bin < reference.length; bin++) {
    const was = (reference[bin] as number) / m;
    const is = (current[bin] as number) / n;
    const middle = (was + is) / 2;
    if (was > 0) sum += was * Math.log2(was / middle);
    if (is > 0) sum += is * Math.log2(is / middle);
  }
  return Math.sqrt(Math.max(0, sum / 2));
}
