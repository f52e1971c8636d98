import { cholesky, choleskySolve, dot, invertLower, transposedMultiplyAdd } from '../../../numerics/index.ts';
import type { Centred } from './centre.ts';
import type { RidgeSolver } from './fit-ridge.ts';
import { withDiagonal } from './with-diagonal.ts';

/** (ZᵀZ + αI) b = Zᵀy: for fewer features than rows. */
export function byFeatures({ width, targets, each }: Centred): RidgeSolver {
  const squares = new Float64Array(width * width);
  const products = new Float64Array(width);
  each((block, from, count) => {
    transposedMultiplyAdd(count, width, width, block, 0, width, block, squares);
    transposedMultiplyAdd(count, width, 1, block, 0, width, targets, products, from);
  });
  return (alpha) => {
    const lower = cholesky(withDiagonal(squares, width, alpha), width);
    if (!lower) return undefined;
    const weights = choleskySolve(lower, width, products);
    const inverse = invertLower(lower, width);
    let loss = 0;
    each((block, from, count) => {
      for (let row = 0; row < count; row++) {
        const fitted = dot(weights, block.subarray(row * width, (row + 1) * width));
        loss += ((targets[from + row] as number) - fitted) ** 2;
      }
    });
    return { weights, loss, freedom: width - alpha * dot(inverse, inverse) };
  };
}
