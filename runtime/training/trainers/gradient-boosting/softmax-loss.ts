import type { Loss } from './loss.ts';

/** Several classes: a score and a tree for each. */
export function softmaxLoss(codes: Int32Array, weights: Float64Array, classes: number): Loss {
  const sums = new Float64Array(classes);
  codes.forEach((code, row) => (sums[code] = (sums[code] as number) + (weights[row] as number)));
  const total = sums.reduce((sum, each) => sum + each, 0);
  const likely = new Float64Array(classes);
  return {
    base: Float32Array.from(sums, (sum) => Math.log(Math.max(sum, 1e-3) / Math.max(total, 1e-3))),
    slope(scores, gradients, hessians) {
      for (let row = 0; row < codes.length; row++) {
        let most = -Infinity;
        for (let kind = 0; kind < classes; kind++) {
          const score = (scores[kind] as Float64Array)[row] as number;
          likely[kind] = score;
          if (score > most) most = score;
        }
        let sum = 0;
        for (let kind = 0; kind < classes; kind++) {
          const share = Math.exp((likely[kind] as number) - most);
          likely[kind] = share;
          sum += share;
        }
        const [weight, code] = [weights[row] as number, codes[row] as number];
        for (let kind = 0; kind < classes; kind++) {
          const p = (likely[kind] as number) / sum;
          (gradients[kind] as Float32Array)[row] = weight * (p - (kind === code ? 1 : 0));
          (hessians[kind] as Float32Array)[row] = weight * p * (1 - p);
        }
      }
    },
  };
}
