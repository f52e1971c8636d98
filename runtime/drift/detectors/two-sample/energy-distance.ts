import { checkSamples } from './check-samples.ts';

/**
 * Energy distance of two samples: the root of twice the area between their empirical distribution functions squared.
 *
 * @param reference sorted ascending, no NaN
 * @param current   sorted ascending, no NaN
 * @returns in the root of the values' unit
 * @throws SAMPLE_EMPTY, SAMPLE_NOT_FINITE
 * @see Székely and Rizzo (2013); agrees with scipy.stats.energy_distance to 1e-9
 *
 * @example
 * energyDistance(Float64Array.of(1), Float64Array.of(2)).toFixed(9); // '1.414213562'
 */
export function energyDistance(reference: Float64Array, current: Float64Array): number {
  checkSamples('energy', reference, current);
  const [m, n] = [reference.length, current.length];
  let [i, j, area] = [0, 0, 0];
  let at = Math.min(reference[0] ?? 0, current[0] ?? 0);
  while (i < m || j < n) {
    const next = Math.min(reference[i] ?? Infinity, current[j] ?? Infinity);
    area += (i / m - j / n) ** 2 * (next - at);
    at = next;
    while (i < m && (reference[i] ?? 0) <= at) i++;
    while (j < n && (current[j] ?? 0) <= at) j++;
  }
  return Math.sqrt(2 * area);
}
