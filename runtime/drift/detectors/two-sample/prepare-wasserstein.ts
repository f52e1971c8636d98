import { mean } from '../../../numerics/index.ts';
import { checkSamples } from './check-samples.ts';
import { rankAmong } from './rank-among.ts';

/**
 * Wasserstein-1 distance of many samples from the same one: as `wasserstein`, but in n instead of m + n steps, and
 * without allocating.
 *
 * Each value of the current sample stands for an equal slice of the reference's quantiles. What the slice lies below and
 * above the value is read from running sums.
 *
 * @param reference sorted ascending, no NaN
 * @returns the distance of a sample that is sorted ascending, no NaN
 * @throws SAMPLE_EMPTY, SAMPLE_NOT_FINITE, also from the returned function
 * @see agrees with `wasserstein` to 1e-9
 */
export function prepareWasserstein(reference: Float64Array): (current: Float64Array) => number {
  const m = reference.length;
  checkSamples('wasserstein', reference);
  // Sums of large values would lose the digits that distances are made of.
  const centre = mean(reference);
  const rank = rankAmong(reference);
  const sums = new Float64Array(m + 1);
  for (let i = 0; i < m; i++) sums[i + 1] = (sums[i] ?? 0) + ((reference[i] ?? 0) - centre);

  /** Sum of the first `count` values; a part of the next where `count` is no whole number. */
  const sum = (count: number): number => {
    const whole = Math.floor(count);
    const part = count - whole;
    return (sums[whole] ?? 0) + (part === 0 ? 0 : part * ((reference[whole] ?? 0) - centre));
  };

  return (current) => {
    const n = current.length;
    checkSamples('wasserstein', current);
    let area = 0;
    for (let k = 0; k < n; k++) {
      const value = (current[k] ?? 0) - centre;
      const from = (k * m) / n;
      const to = ((k + 1) * m) / n;
      const split = Math.min(Math.max(rank(current[k] ?? 0), from), to);
      const middle = sum(split);
      area += value * (split - from) - (middle - sum(from)) + (sum(to) - middle) - value * (to - split);
    }
    return area / m;
  };
}
