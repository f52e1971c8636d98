/**
 * Cholesky factor of a symmetric positive definite matrix: the lower triangle L with L · Lᵀ = A.
 *
 * @param matrix size × size, row-major; only its lower triangle is read
 * @returns size × size with zeros above the diagonal, or nothing where the matrix is not positive definite
 * @see numpy.linalg.cholesky
 *
 * @example
 * [...(cholesky(Float64Array.of(4, 0, 2, 5), 2) ?? [])]; // [2, 0, 1, 2]
 */
export function cholesky(matrix: Float64Array, size: number): Float64Array | undefined {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    const own = row * size;
    for (let column = 0; column <= row; column++) {
      const other = column * size;
      let s0 = 0;
      let s1 = 0;
      let i = 0;
      for (; i + 1 < column; i += 2) {
        s0 += (lower[own + i] as number) * (lower[other + i] as number);
        s1 += (lower[own + i + 1] as number) * (lower[other + i + 1] as number);
      }
      if (i < column) s0 += (lower[own + i] as number) * (lower[other + i] as number);
      const rest = (matrix[own + column] as number) - (s0 + s1);
      if (column < row) {
        lower[own + column] = rest / (lower[other + column] as number);
        continue;
      }
      if (!(rest > 0)) return undefined;
      lower[own + column] = Math.sqrt(rest);
    }
  }
  return lower;
}

/**
 * Solves L · Lᵀ · x = b.
 *
 * @param lower a Cholesky factor, size × size
 */
export function choleskySolve(lower: Float64Array, size: number, right: Float64Array): Float64Array {
  const x = right.slice();
  for (let row = 0; row < size; row++) {
    let rest = x[row] as number;
    for (let i = 0; i < row; i++) rest -= (lower[row * size + i] as number) * (x[i] as number);
    x[row] = rest / (lower[row * size + row] as number);
  }
  for (let row = size - 1; row >= 0; row--) {
    const value = (x[row] as number) / (lower[row * size + row] as number);
    x[row] = value;
    for (let i = 0; i < row; i++) x[i] = (x[i] as number) - (lower[row * size + i] as number) * value;
  }
  return x;
}

/** The inverse of a lower triangle, which is one too. */
export function invertLower(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    const own = row * size;
    for (let i = 0; i < row; i++) {
      const factor = lower[own + i] as number;
      if (factor === 0) continue;
      // Row i of the inverse ends at its diagonal.
      for (let column = 0; column <= i; column++) {
        inverse[own + column] = (inverse[own + column] as number) - factor * (inverse[i * size + column] as number);
      }
    }
    const pivot = lower[own + row] as number;
    for (let column = 0; column < row; column++) inverse[own + column] = (inverse[own + column] as number) / pivot;
    inverse[own + row] = 1 / pivot;
  }
  return inverse;
}
