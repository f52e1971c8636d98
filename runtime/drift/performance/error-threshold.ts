import { betaBinomialTail, gammaQuantile, gammaTail } from '../../numerics/index.ts';

/** What is known of errors while all was well. */
export interface ErrorReference {
  /** How many were looked at. */
  readonly count: number;
  readonly mean: number;
  /** Of single errors. */
  readonly variance: number;
  /** Fourth central moment: how well the variance is known. */
  readonly fourth: number;
}

/** Where a window's mean error counts as too large, and how unlikely a mean is while all is well. */
export interface ErrorThreshold {
  readonly threshold: number;
  tail(mean: number): number;
}

/** One-sided 95 % bound. */
const CAUTION = 1.645;

/**
 * For errors that are 0 or 1: how many of a window may be wrong, where the share itself is known from so many answers
 * only. A beta-binomial tail: exact for independent answers; where wrong answers come in clusters, all counts are taken
 * for so much fewer.
 *
 * @param window  answers
 * @param inflation by which clusters make the variance larger, at least 1
 * @param level   probability of a larger share while all is well
 */
export function shareThreshold(
  reference: ErrorReference,
  window: number,
  inflation: number,
  level: number,
): ErrorThreshold {
  const trials = Math.max(1, Math.round(window / inflation));
  const wrong = reference.count * reference.mean;
  // Jeffreys' prior: half an answer of each kind.
  const a = wrong / inflation + 0.5;
  const b = (reference.count - wrong) / inflation + 0.5;
  const tail = (share: number) => betaBinomialTail(Math.ceil(share * trials - 1e-9), trials, a, b);
  let hits = Math.floor(trials * reference.mean) + 1;
  while (hits <= trials && betaBinomialTail(hits, trials, a, b) > level) hits++;
  // Between the last share that is allowed and the first that is not.
  return { threshold: (hits - 0.5) / trials, tail };
}

/**
 * For errors of any size: a gamma distribution with the mean, and the variance, that a window's mean has. Errors are
 * skewed, and so is it; of exponential errors it is exact.
 *
 * @see Welch (1938) and Satterthwaite (1946), for sums by two moments
 */
export function meanThreshold(
  reference: ErrorReference,
  window: number,
  inflation: number,
  level: number,
): ErrorThreshold {
  const { count, mean, variance, fourth } = reference;
  const effective = Math.max(1, count / inflation);
  const unsure = variance > 0 ? Math.sqrt(Math.max(0, fourth / (variance * variance) - 1) / effective) : 0;
  const known = variance * (1 + CAUTION * unsure);
  const spread = known * inflation * (1 / window + 1 / count);
  // Errors that never varied: any other is too large.
  if (!(spread > 0) || !(mean > 0)) return { threshold: mean, tail: (value) => Number(value <= mean) };
  const shape = (mean * mean) / spread;
  const scale = spread / mean;
  return { threshold: scale * gammaQuantile(shape, level), tail: (value) => gammaTail(shape, value / scale) };
}

/** @param values no NaN, at least one */
export function referenceOf(values: readonly number[]): ErrorReference {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  let [squares, fourths] = [0, 0];
  for (const value of values) {
    const square = (value - mean) ** 2;
    squares += square;
    fourths += square * square;
  }
  return { count, mean, variance: squares / count, fourth: fourths / count };
}
