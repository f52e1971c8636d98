import type { Loss } from './loss.ts';

/** Two classes: one score says how much likelier the second is, as a log odds. */
export function logisticLoss(codes: Int32Array, weights: Float64Array): Loss {
  const sums = [0, 0];
  codes.forEach((code, row) => (sums[code] = (sums[code] ?? 0) + (weights[row] as number)));
  const [first = 0, second = 0] = sums;
  return {
    base: Float32Array.of(Math.log(Math.max(second, 1e-3) / Math.max(first, 1e-3))),
    slope([scores = new Float64Array(0)], [gradients = new Float32Array(0)], [hessians = new Float32Array(0)]) {
      for (let row = 0; row < scores.length; row++) {
        const weight = weights[row] as number;
        const likely = 1 / (1 + Math.exp(-(scores[row] as number)));
        gradients[row] = weight * (likely - (codes[row] as number));
        hessians[row] = weight * likely * (1 - likely);
      }
    },
  };
}
