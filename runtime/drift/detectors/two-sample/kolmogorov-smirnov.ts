import { checkSamples } from './check-samples.ts';

/**
 * Two-sample Kolmogorov–Smirnov statistic: the largest gap between two empirical distribution functions.
 *
 * @param reference sorted ascending, no NaN
 * @param current   sorted ascending, no NaN
 * @returns D in [0, 1]
 * @throws SAMPLE_EMPTY, SAMPLE_NOT_FINITE
 * @see Hodges (1958); agrees with scipy.stats.ks_2samp to 1e-12
 *
 * @example
 * kolmogorovSmirnov(Float64Array.of(1, 2, 3, 4), Float64Array.of(2.5, 3.5, 4.5, 5.5, 6.5)); // 0.6
 */
export function kolmogorovSmirnov(reference: Float64Array, current: Float64Array): number {
  const [m, n] = [reference.length, current.length];
  checkSamples('kolmogorov-smirnov', reference, current);
  let [i, j, widest] = [0, 0, 0];
  while (i < m && j < n) {
    const at = Math.min(reference[i] ?? 0, current[j] ?? 0);
    // Equal values are one step of both functions: the gap is looked at behind all of them.
    while (i < m && (reference[i] ?? 0) <= at) i++;
    while (j < n && (current[j] ?? 0) <= at) j++;
    widest = Math.max(widest, Math.abs(i / m - j / n));
  }
  return widest;
}
