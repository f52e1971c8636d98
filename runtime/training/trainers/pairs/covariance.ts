import { transposedMultiplyAdd } from '../../../numerics/index.ts';
import { forBlocks } from '../standardised/blocks.ts';
import { type TrainingSet, weightAt, weightOf } from '../standardised/weighted.ts';

/** Σ w (z − mean)(z − mean)ᵀ / Σ w: width × width. */
export function covariance(set: TrainingSet, mean: Float64Array): Float64Array {
  const { width, values } = set;
  const total = weightOf(set);
  const sums = new Float64Array(width * width);
  forBlocks(values, width, (block, from, count) => {
    for (let row = 0; row < count; row++) {
      const root = Math.sqrt(weightAt(set, from + row) / total);
      for (let column = 0; column < width; column++) {
        const at = row * width + column;
        block[at] = root * ((block[at] as number) - (mean[column] as number));
      }
    }
    transposedMultiplyAdd(count, width, width, block, 0, width, block, sums);
  });
  return sums;
}
