import { mean, standardDeviation } from '../../numerics/index.ts';
import { kolmogorovSmirnov } from '../detectors/two-sample/kolmogorov-smirnov.ts';
import { prepareWasserstein } from '../detectors/two-sample/prepare-wasserstein.ts';
import type { StatisticName } from '../schema.ts';

/** How far a sample, sorted ascending and without NaN, lies from the reference. */
export type Distance = (current: Float64Array) => number;

/**
 * The distance that a feature is watched with.
 *
 * `wasserstein` is taken in units of the reference's standard deviation, so that features of any unit can be held
 * against one another. It is the standard one because it goes on growing when the samples no longer overlap:
 * Kolmogorov–Smirnov is 1 then, and a window of a strongly autocorrelated sensor, which shows a small part of the
 * sensor's range, often comes near that without any drift.
 *
 * @param reference sorted ascending, no NaN, not constant
 */
export function distanceFrom(reference: Float64Array, name: StatisticName): Distance {
  if (name === 'kolmogorov-smirnov') return (current) => kolmogorovSmirnov(reference, current);
  const distance = prepareWasserstein(reference);
  const spread = standardDeviation(reference);
  return (current) => distance(current) / spread;
}

/** A distance that cannot be exceeded, where the statistic has one: no threshold at or above it can ever be crossed. */
export const LARGEST: Readonly<Record<StatisticName, number>> = { wasserstein: Infinity, 'kolmogorov-smirnov': 1 };

/** Varies by no more than rounding does. */
export function isConstant(values: Float64Array): boolean {
  return !(standardDeviation(values) > 1e-12 * Math.abs(mean(values)));
}
