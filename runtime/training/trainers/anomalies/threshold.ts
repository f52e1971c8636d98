import { z } from 'zod';
import { quantile } from '../../../numerics/index.ts';
import { type TrainingSet, weightAt } from '../standardised/weighted.ts';

/** The settings that every trainer of anomalies has. */
export const anomalySettings = {
  quantile: z.number().gt(0).max(1).default(0.99).meta({
    description:
      'The share of the examples that is taken to be normal. 0.99: the strangest one of a hundred raises the alarm.',
  }),
};

/** What rounding to float32 may change of a score. */
const ROUNDING = 1e-5;

/**
 * The score below which this share of the training rows lies: what is above it is anomalous. A little is added, so that no
 * training row is anomalous by rounding alone.
 *
 * @param scores one a training row; those of rows that do not count are left out
 */
export function thresholdOf(scores: Float64Array, share: number, set: TrainingSet): number {
  const sorted = scores.filter((_, row) => weightAt(set, row) > 0).sort();
  const limit = quantile(sorted, share);
  return limit + ROUNDING * Math.max(1, Math.abs(limit));
}
