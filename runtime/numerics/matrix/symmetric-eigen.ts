/** Eigenvalues, the largest first, and of each its unit vector: row k of `vectors` belongs to value k. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  /** size × size, row-major. */
  readonly vectors: Float64Array;
}

const MOST_SWEEPS = 60;

/**
 * All eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations: exact to the last digits also where
 * values are equal, in a time that grows with the cube of the size. The largest entry of each vector is positive.
 *
 * @param matrix size × size, row-major, symmetric and finite; left as it is
 * @see Golub and Van Loan, Matrix Computations, §8.5; agrees with numpy.linalg.eigh
 *
 * @example
 * [...symmetricEigen([2, 1, 1, 2], 2).values].map((value) => value.toFixed(9)); // ['3.000000000', '1.000000000']
 */
export function symmetricEigen(matrix: ArrayLike<number>, size: number): SymmetricEigen {
  const a = Float64Array.from(matrix);
  const v = new Float64Array(size * size);
  for (let i = 0; i < size; i++) v[i * size + i] = 1;
  const scale = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    if (besideDiagonal(a, size) <= 1e-30 * scale) break;
    for (let p = 0; p < size - 1; p++) for (let q = p + 1; q < size; q++) rotate(a, v, size, p, q);
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => at(a, j * size + j) - at(a, i * size + i));
  const vectors = new Float64Array(size * size);
  for (const [k, column] of order.entries()) {
    let largest = 0;
    for (let i = 0; i < size; i++) {
      const entry = at(v, i * size + column);
      if (Math.abs(entry) > Math.abs(largest)) largest = entry;
    }
    const sign = largest < 0 ? -1 : 1;
    for (let i = 0; i < size; i++) vectors[k * size + i] = sign * at(v, i * size + column);
  }
  return { values: Float64Array.from(order, (i) => at(a, i * size + i)), vectors };
}

const at = (list: Float64Array, place: number): number => list[place] as number;

function besideDiagonal(a: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) sum += 2 * at(a, i * size + j) ** 2;
  return sum;
}

/** Turns the p-th and q-th axes so that entry (p, q) becomes zero. */
function rotate(a: Float64Array, v: Float64Array, size: number, p: number, q: number): void {
  const entry = at(a, p * size + q);
  if (entry === 0) return;
  const theta = (at(a, q * size + q) - at(a, p * size + p)) / (2 * entry);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const turn = (list: Float64Array, one: number, other: number) => {
    const [x, y] = [at(list, one), at(list, other)];
    list[one] = c * x - s * y;
    list[other] = s * x + c * y;
  };
  for (let i = 0; i < size; i++) turn(a, i * size + p, i * size + q);
  for (let i = 0; i < size; i++) turn(a, p * size + i, q * size + i);
  for (let i = 0; i < size; i++) turn(v, i * size + p, i * size + q);
}
