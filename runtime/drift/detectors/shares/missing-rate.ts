import { hypergeometricTail } from '../../../numerics/index.ts';
import { errors } from '../../errors.ts';
import type { Tested } from '../two-sample/chi-square.ts';

/** How many values of a sample are missing: NaN, infinite or none at all. */
export interface MissingCount {
  readonly missing: number;
  readonly count: number;
}

/** @param values what is missing counts, but is no number */
export function countMissing(values: ArrayLike<number | null | undefined>): MissingCount {
  let missing = 0;
  for (let n = 0; n < values.length; n++) if (!Number.isFinite(values[n])) missing++;
  return { missing, count: values.length };
}

/**
 * Whether more values are missing than in the reference.
 *
 * @returns the share of the current values that is missing, and how likely one as large is where both are of one source
 * @throws SAMPLE_EMPTY
 * @see Fisher (1934), the exact test of two shares, one-sided; agrees with scipy.stats.fisher_exact(alternative='greater')
 *
 * @example
 * missingRate({ missing: 2, count: 1000 }, { missing: 5, count: 50 }).statistic; // 0.1
 */
export function missingRate(reference: MissingCount, current: MissingCount): Tested {
  if (reference.count === 0 || current.count === 0) throw errors.SAMPLE_EMPTY({ statistic: 'missing-rate' });
  const missing = reference.missing + current.missing;
  const pValue = hypergeometricTail(current.missing, reference.count + current.count, missing, current.count);
  return { statistic: current.missing / current.count, pValue };
}
