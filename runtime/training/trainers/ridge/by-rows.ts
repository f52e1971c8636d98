import {
  cholesky,
  choleskySolve,
  dot,
  invertLower,
  multiplyTransposedAdd,
  transposedMultiplyAdd,
} from '../../../numerics/index.ts';
import type { Centred } from './centre.ts';
import type { RidgeSolver } from './fit-ridge.ts';
import { withDiagonal } from './with-diagonal.ts';

/** (ZZᵀ + αI) a = y, b = Zᵀa: the same for fewer rows than features. */
export function byRows({ rows, width, targets, each }: Centred): RidgeSolver {
  const all = new Float64Array(rows * width);
  each((block, from, count) => all.set(block.subarray(0, count * width), from * width));
  const products = new Float64Array(rows * rows);
  multiplyTransposedAdd(rows, width, rows, all, all, products);
  return (alpha) => {
    const lower = cholesky(withDiagonal(products, rows, alpha), rows);
    if (!lower) return undefined;
    const dual = choleskySolve(lower, rows, targets);
    const weights = new Float64Array(width);
    transposedMultiplyAdd(rows, 1, width, dual, 0, 1, all, weights);
    const inverse = invertLower(lower, rows);
    // What is left over is α times the dual.
    return { weights, loss: alpha ** 2 * dot(dual, dual), freedom: rows - alpha * dot(inverse, inverse) };
  };
}
