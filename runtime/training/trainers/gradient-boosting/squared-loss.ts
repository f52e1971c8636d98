import type { Loss } from './loss.ts';

/** @param mean of the values: where it begins */
export function squaredLoss(values: Float64Array, weights: Float64Array, mean: number): Loss {
  return {
    base: Float32Array.of(mean),
    slope([scores = new Float64Array(0)], [gradients = new Float32Array(0)], [hessians = new Float32Array(0)]) {
      for (let row = 0; row < scores.length; row++) {
        const weight = weights[row] as number;
        gradients[row] = weight * ((scores[row] as number) - (values[row] as number));
        hessians[row] = weight;
      }
    },
  };
}
