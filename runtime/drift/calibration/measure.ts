import { mean, standardDeviation } from '../../numerics/index.ts';
import { prepareKolmogorovSmirnov } from '../detectors/two-sample/prepare-kolmogorov-smirnov.ts';
import { prepareWasserstein } from '../detectors/two-sample/prepare-wasserstein.ts';
import type { StatisticName } from '../schema.ts';
import { categoryShares } from './shape.ts';

/** How far a sample, sorted ascending and without NaN, lies from the reference. */
export type Measure = (current: Float64Array) => number;

/** A statistic, made ready for one reference. */
export interface Prepared {
  readonly measure: Measure;
  /** What it cannot exceed. */
  readonly most: number;
  /** 2 where it is the square of a gap between distributions: see `heldOut`. */
  readonly order: 1 | 2;
}

/**
 * The statistic that a feature of numbers is watched with.
 *
 * `wasserstein` is taken in units of the reference's standard deviation, so that features of any unit can be held
 * against one another. It is the standard one because it goes on growing when the samples no longer overlap:
 * Kolmogorov–Smirnov is 1 then, and a window of a strongly autocorrelated sensor, which shows a small part of the
 * sensor's range, often comes near that without any drift.
 *
 * @param reference sorted ascending, no NaN, not constant
 */
export function prepareMeasure(reference: Float64Array, name: StatisticName): Prepared {
  if (name === 'kolmogorov-smirnov') return { measure: prepareKolmogorovSmirnov(reference), most: 1, order: 1 };
  const distance = prepareWasserstein(reference);
  const spread = standardDeviation(reference);
  return { measure: (current) => distance(current) / spread, most: Infinity, order: 1 };
}

/** Varies by no more than rounding does. */
export function isConstant(values: Float64Array): boolean {
  return !(standardDeviation(values) > 1e-12 * Math.abs(mean(values)));
}

/** As a measure of sorted places of categories, and of their shares themselves. */
export interface CategoryMeasure extends Measure {
  ofShares(shares: Float64Array): number;
}

/**
 * The statistic that a feature of categories is watched with: the one that was chosen where it compares shares, or else the
 * largest difference of a share, which a person can follow.
 *
 * @param reference the share of each category, then of what is none of them
 */
export function prepareCategories(
  reference: Float64Array,
  _name: StatisticName,
): { name: string; measure: CategoryMeasure; order: 1 | 2 } {
  const ofShares = (shares: Float64Array) =>
    shares.reduce((most, share, i) => Math.max(most, Math.abs(share - (reference[i] as number))), 0);
  const measure = (current: Float64Array) => ofShares(categoryShares(current, reference.length - 1));
  return { name: 'l-infinity', measure: Object.assign(measure, { ofShares }), order: 1 };
}
