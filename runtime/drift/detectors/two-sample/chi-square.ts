import { chiSquareTail } from '../../../numerics/index.ts';
import { checkCounts } from './check-samples.ts';

/** A statistic, and how likely one as large is where both samples are of one distribution. */
export interface Tested {
  readonly statistic: number;
  readonly pValue: number;
}

/**
 * Chi-square test of whether two sets of counts are of one distribution. Bins that are empty in both are left out.
 *
 * @param reference counts by bin or category
 * @param current   counts of the same
 * @returns also the degrees of freedom; 0 of them, and a p-value of 1, where there is one bin only
 * @throws SAMPLE_EMPTY, SAMPLE_NOT_FINITE, COUNTS_UNEQUAL
 * @see Pearson (1900); agrees with scipy.stats.chi2_contingency(correction=False) to 1e-9
 *
 * @example
 * chiSquare([50, 30, 20], [20, 30, 50]).statistic.toFixed(6); // '25.714286'
 */
export function chiSquare(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): Tested & { readonly degrees: number } {
  const [m, n] = checkCounts('chi-square', reference, current);
  let statistic = 0;
  let bins = 0;
  for (let bin = 0; bin < reference.length; bin++) {
    const [was, is] = [reference[bin] as number, current[bin] as number];
    const both = was + is;
    if (both === 0) continue;
    bins++;
    const [expectedWas, expectedIs] = [(both * m) / (m + n), (both * n) / (m + n)];
    statistic += (was - expectedWas) ** 2 / expectedWas + (is - expectedIs) ** 2 / expectedIs;
  }
  const degrees = bins - 1;
  return { statistic, degrees, pValue: degrees > 0 ? chiSquareTail(statistic, degrees) : 1 };
}
