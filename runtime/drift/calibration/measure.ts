import { mean, standardDeviation } from '../../numerics/index.ts';
import { binCounts, quantileEdges } from '../detectors/two-sample/bins.ts';
import { chiSquare } from '../detectors/two-sample/chi-square.ts';
import { hellinger } from '../detectors/two-sample/hellinger.ts';
import { jensenShannon } from '../detectors/two-sample/jensen-shannon.ts';
import { largestDifference } from '../detectors/two-sample/largest-difference.ts';
import { populationStability } from '../detectors/two-sample/population-stability.ts';
import { prepareCramerVonMises } from '../detectors/two-sample/prepare-cramer-von-mises.ts';
import { prepareEnergyDistance } from '../detectors/two-sample/prepare-energy-distance.ts';
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

/** Of those that compare shares: of bins, or of categories. */
const OF_SHARES: Readonly<
  Record<string, { readonly by: CompareCounts; readonly most: number; readonly order: 1 | 2 }>
> = {
  'population-stability': { by: populationStability, most: Infinity, order: 2 },
  'jensen-shannon': { by: jensenShannon, most: 1, order: 1 },
  hellinger: { by: hellinger, most: 1, order: 1 },
  'chi-square': { by: (reference, current) => chiSquare(reference, current).statistic, most: Infinity, order: 2 },
  'l-infinity': { by: largestDifference, most: 1, order: 1 },
};
type CompareCounts = (reference: Float64Array, current: Float64Array) => number;

/**
 * The statistic that a feature of numbers is watched with.
 *
 * `wasserstein` and `energy` are taken in units of the reference's standard deviation (energy of its root), so that
 * features of any unit can be held against one another. Wasserstein is the standard one because it goes on growing when
 * the samples no longer overlap: Kolmogorov–Smirnov is 1 then, and a window of a strongly autocorrelated sensor, which
 * shows a small part of the sensor's range, often comes near that without any drift. Statistics of shares look at ten
 * bins that hold as many values of the reference each.
 *
 * @param reference sorted ascending, no NaN, not constant
 */
export function prepareMeasure(reference: Float64Array, name: StatisticName): Prepared {
  if (name === 'kolmogorov-smirnov') return { measure: prepareKolmogorovSmirnov(reference), most: 1, order: 1 };
  if (name === 'cramer-von-mises') {
    return { measure: prepareCramerVonMises(reference), most: Infinity, order: 2 };
  }
  const spread = standardDeviation(reference);
  if (name === 'energy') {
    const unit = Math.sqrt(spread);
    const distance = prepareEnergyDistance(reference);
    return { measure: (current) => distance(current) / unit, most: Infinity, order: 1 };
  }
  const ofShares = OF_SHARES[name];
  if (ofShares) {
    const { by, most, order } = ofShares;
    const edges = quantileEdges(reference);
    const counts = binCounts(reference, edges);
    return { measure: (current) => by(counts, binCounts(current, edges)), most, order };
  }
  const distance = prepareWasserstein(reference);
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
 * @param rows      values of the reference
 * @param window    values of a window that is full
 */
export function prepareCategories(
  reference: Float64Array,
  { rows, window, statistic }: { readonly rows: number; readonly window: number; readonly statistic: StatisticName },
): { name: StatisticName; measure: CategoryMeasure; order: 1 | 2 } {
  const name = statistic in OF_SHARES ? statistic : 'l-infinity';
  const { by, order } = OF_SHARES[name] as (typeof OF_SHARES)[string];
  const counts = reference.map((share) => share * rows);
  const compare = (shares: Float64Array, values: number) =>
    by(
      counts,
      shares.map((share) => share * values),
    );
  const measure = (current: Float64Array) => compare(categoryShares(current, reference.length - 1), current.length);
  return {
    name,
    measure: Object.assign(measure, { ofShares: (shares: Float64Array) => compare(shares, window) }),
    order,
  };
}
