import { kolmogorovTail } from '../../../numerics/index.ts';
import type { Tested } from './chi-square.ts';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts';

/** Up to so many pairs of values all paths are followed: a moment's work. */
const MOST_PAIRS = 4_000_000;

/**
 * Two-sample Kolmogorov–Smirnov test of independent values: for autocorrelated ones its p-values mean nothing.
 *
 * @param reference sorted ascending, no NaN
 * @param current   sorted ascending, no NaN
 * @param method    `auto` is exact where that is no long work
 * @throws SAMPLE_EMPTY, SAMPLE_NOT_FINITE
 * @see agrees with scipy.stats.ks_2samp(method='exact' and 'asymp') to 1e-9
 *
 * @example
 * kolmogorovSmirnovTest(Float64Array.of(1, 2, 3, 4), Float64Array.of(2.5, 3.5, 4.5, 5.5, 6.5)).pValue.toFixed(9); // '0.285714286'
 */
export function kolmogorovSmirnovTest(
  reference: Float64Array,
  current: Float64Array,
  method: 'auto' | 'exact' | 'asymptotic' = 'auto',
): Tested {
  const statistic = kolmogorovSmirnov(reference, current);
  const [m, n] = [reference.length, current.length];
  const exact = method === 'exact' || (method === 'auto' && m * n <= MOST_PAIRS);
  if (exact) return { statistic, pValue: shareOutside(m, n, statistic) };
  return { statistic, pValue: kolmogorovTail(Math.max(1, Math.round((m * n) / (m + n))), statistic) };
}

/**
 * The share of the ways to merge the samples in which the gap somewhere reaches d. Only sums of shares: its digits hold
 * where it is tiny.
 *
 * @see Schröer and Trenkler (1995), Computational Statistics & Data Analysis 20
 */
function shareOutside(m: number, n: number, d: number): number {
  if (d <= 0) return 1;
  // Gaps are whole numbers of 1/(m n): half of one parts those that reach d from those that do not.
  const reach = d * m * n - 0.5;
  const row = new Float64Array(n + 1);
  for (let i = 0; i <= m; i++) {
    for (let j = 0; j <= n; j++) {
      if (Math.abs(i * n - j * m) >= reach) row[j] = 1;
      else if (i + j > 0) {
        const fromBelow = i > 0 ? (row[j] as number) * i : 0;
        const fromLeft = j > 0 ? (row[j - 1] as number) * j : 0;
        row[j] = (fromBelow + fromLeft) / (i + j);
      }
    }
  }
  return row[n] as number;
}
