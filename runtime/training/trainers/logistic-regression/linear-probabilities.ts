import { multiplyTransposedAdd, softmax } from '../../../numerics/index.ts';

/** One row of weights a class, and one intercept. */
export interface LinearWeights {
  readonly weights: Float64Array;
  readonly intercepts: Float64Array;
}

const BLOCK = 256;

/** Softmax of rows · weightsᵀ + intercepts. */
export function linearProbabilities(
  standardised: Float32Array,
  rows: number,
  width: number,
  { weights, intercepts }: LinearWeights,
): Float64Array {
  const classes = intercepts.length;
  const probabilities = new Float64Array(rows * classes);
  const block = new Float64Array(Math.min(rows, BLOCK) * width);
  for (let from = 0; from < rows; from += BLOCK) {
    const size = Math.min(BLOCK, rows - from);
    block.set(standardised.subarray(from * width, (from + size) * width));
    const to = from * classes;
    for (let row = 0; row < size; row++) probabilities.set(intercepts, to + row * classes);
    multiplyTransposedAdd(size, width, classes, block, weights, probabilities, to);
    for (let row = 0; row < size; row++) {
      softmax(probabilities.subarray(to + row * classes, to + (row + 1) * classes));
    }
  }
  return probabilities;
}
