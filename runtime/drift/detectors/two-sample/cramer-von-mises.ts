import { cramerVonMisesTail } from '../../../numerics/index.ts';
import { checkSamples } from './check-samples.ts';
import type { Tested } from './chi-square.ts';

/** Up to so many values a sample it is no long work to count all orders. */
const FEW = 20;

/**
 * Two-sample Cramér–von Mises test: the squared gap between two empirical distribution functions, summed over all values.
 * Of independent values: for autocorrelated ones its p-values mean nothing.
 *
 * @param reference sorted ascending, no NaN
 * @param current   sorted ascending, no NaN
 * @param method    `exact` counts all orders of the values; `auto` does so where both samples have at most 20
 * @throws SAMPLE_EMPTY, SAMPLE_NOT_FINITE
 * @see Anderson (1962); agrees with scipy.stats.cramervonmises_2samp to 1e-9
 *
 * @example
 * cramerVonMises(Float64Array.of(1, 2, 3, 4), Float64Array.of(2.5, 3.5, 4.5, 5.5, 6.5)).statistic.toFixed(9); // '0.342592593'
 */
export function cramerVonMises(
  reference: Float64Array,
  current: Float64Array,
  method: 'auto' | 'exact' | 'asymptotic' = 'auto',
): Tested {
  checkSamples('cramer-von-mises', reference, current);
  const [m, n] = [reference.length, current.length];
  const [pairs, all] = [m * n, m + n];
  const statistic = rankSum(reference, current) / (pairs * all) - (4 * pairs - 1) / (6 * all);
  const exact = method === 'exact' || (method === 'auto' && Math.max(m, n) <= FEW);
  if (exact) return { statistic, pValue: exactTail(statistic, m, n) };
  const mean = (1 + 1 / all) / 6;
  const variance = ((all + 1) * (4 * pairs * all - 3 * (m * m + n * n) - 2 * pairs)) / (45 * all * all * 4 * pairs);
  return { statistic, pValue: cramerVonMisesTail(1 / 6 + (statistic - mean) / Math.sqrt(45 * variance)) };
}

/** m Σ (rank - place)² of the reference plus n Σ of the current: equal values share the middle of their ranks. */
function rankSum(reference: Float64Array, current: Float64Array): number {
  const [m, n] = [reference.length, current.length];
  let [i, j, sum] = [0, 0, 0];
  while (i < m || j < n) {
    const at = Math.min(reference[i] ?? Infinity, current[j] ?? Infinity);
    const [fromI, fromJ] = [i, j];
    while (i < m && (reference[i] ?? 0) <= at) i++;
    while (j < n && (current[j] ?? 0) <= at) j++;
    const rank = (fromI + fromJ + 1 + i + j) / 2;
    for (let place = fromI + 1; place <= i; place++) sum += m * (rank - place) ** 2;
    for (let place = fromJ + 1; place <= j; place++) sum += n * (rank - place) ** 2;
  }
  return sum;
}

/**
 * The share of all orders of the values whose statistic is at least this one.
 *
 * @see Xiao, Gordon and Yakovlev (2007), Journal of Statistical Software 17(8)
 */
function exactTail(statistic: number, m: number, n: number): number {
  const common = (m * n) / greatestDivisor(m, n);
  const [up, across] = [common / m, common / n];
  // The statistic is a sum over all places of the gap squared: in these units a whole number.
  const reached = Math.round((statistic * (m + n) ** 2 * common * common) / (m * n));
  let before: Map<number, number>[] = [];
  for (let i = 0; i <= m; i++) {
    const row: Map<number, number>[] = [];
    for (let j = 0; j <= n; j++) {
      const sums = new Map<number, number>();
      const gap = (i * up - j * across) ** 2;
      const add = (earlier: Map<number, number> | undefined, share: number) =>
        earlier?.forEach((weight, sum) => {
          // What has reached it stays there: no need to tell it apart.
          const next = Math.min(reached, sum + gap);
          sums.set(next, (sums.get(next) ?? 0) + weight * share);
        });
      if (i + j === 0) sums.set(0, 1);
      else {
        add(before[j], i / (i + j));
        add(row[j - 1], j / (i + j));
      }
      row.push(sums);
    }
    before = row;
  }
  return before[n]?.get(reached) ?? 0;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
