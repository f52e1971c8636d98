import { z } from 'zod';
import { quantile } from '../../../numerics/index.ts';
import { type TrainingSet, weightAt, weightOf } from '../standardised/weighted.ts';

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
 * @param scores one a training row; rows that weigh more count more
 */
export function thresholdOf(scores: Float64Array, share: number, set: TrainingSet): number {
  const limit = set.weights ? weightedQuantile(scores, share, set) : quantile(scores.toSorted(), share);
  return limit + ROUNDING * Math.max(1, Math.abs(limit));
}

/** The least score that rows of this share of the weight do not exceed. */
function weightedQuantile(scores: Float64Array, share: number, set: TrainingSet): number {
  const order = Array.from(scores.keys()).sort((a, b) => (scores[a] as number) - (scores[b] as number));
  const wanted = share * weightOf(set);
  let sum = 0;
  let limit = 0;
  for (const row of order) {
    const weight = weightAt(set, row);
    if (weight === 0) continue;
    limit = scores[row] as number;
    sum += weight;
    if (sum >= wanted) break;
  }
  return limit;
}
