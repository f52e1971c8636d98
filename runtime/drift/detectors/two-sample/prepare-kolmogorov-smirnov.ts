import { checkSamples } from './check-samples.ts';
import { rankAmong } from './rank-among.ts';

/**
 * Kolmogorov–Smirnov statistic of many samples against the same one: as `kolmogorovSmirnov`, but in n instead of m + n steps.
 * The gap can only be widest where a value of the current sample stands.
 *
 * @param reference sorted ascending, no NaN
 * @returns the statistic of a sample that is sorted ascending, no NaN
 * @throws SAMPLE_EMPTY, SAMPLE_NOT_FINITE, also from the returned function
 * @see agrees with `kolmogorovSmirnov` to 1e-12
 */
export function prepareKolmogorovSmirnov(reference: Float64Array): (current: Float64Array) => number {
  const m = reference.length;
  checkSamples('kolmogorov-smirnov', reference);
  const rank = rankAmong(reference);
  return (current) => {
    const n = current.length;
    checkSamples('kolmogorov-smirnov', current);
    let widest = 0;
    for (let k = 0; k < n;) {
      const value = current[k] as number;
      const below = rank(value);
      let atMost = below;
      while (atMost < m && reference[atMost] === value) atMost++;
      const before = k / n;
      do k++;
      while (k < n && current[k] === value);
      widest = Math.max(widest, Math.abs(below / m - before), Math.abs(atMost / m - k / n));
    }
    return widest;
  };
}
