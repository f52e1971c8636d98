import type { TrainingSet } from '../../fit/training-set.ts';

/** How much each row counts, and values about zero: what regression trees learn from. */
export function weightsOf({ rows, weights }: TrainingSet): Float64Array {
  return weights ? Float64Array.from(weights) : new Float64Array(rows).fill(1);
}

/** @returns the weighted mean; `centred` are the values less it */
export function centre(values: Float64Array, weights: Float64Array): { mean: number; centred: Float64Array } {
  let [sum, total] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    sum += (values[row] as number) * (weights[row] as number);
    total += weights[row] as number;
  }
  const mean = Math.fround(total > 0 ? sum / total : 0);
  return { mean, centred: values.map((value) => value - mean) };
}
