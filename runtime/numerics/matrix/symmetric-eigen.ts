/** Eigenvalues, the largest first, and of each its unit vector: row k of `vectors` belongs to value k. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  /** size × size, row-major. */
  readonly vectors: Float64Array;
}

const MOST_SWEEPS = 60;
/** Entries that a piece of the work changes, times six: about a millisecond. */
const PIECE = 65_536;

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
  const pieces = symmetricEigenInPieces(matrix, size);
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
  }
}

/** The same, in pieces of about a millisecond. */
export function* symmetricEigenInPieces(matrix: ArrayLike<number>, size: number): Generator<void, SymmetricEigen> {
  const a = Float64Array.from(matrix);
  const v = new Float64Array(size * size);
  for (let i = 0; i < size; i++) v[i * size + i] = 1;
  let work = 0;
  const scale = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    if (besideDiagonal(a, size) <= 1e-30 * scale) break;
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, v, size, p, q);
      work += (size - p) * size;
      if (work < PIECE) continue;
      work = 0;
      yield;
    }
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
  // Less than the last digit of what it would change.
  if (entry * entry <= 1e-36 * Math.abs(at(a, p * size + p) * at(a, q * size + q))) return;
  const theta = (at(a, q * size + q) - at(a, p * size + p)) / (2 * entry);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  turn(a, p, q, size, size, c, s);
  turn(a, p * size, q * size, 1, size, c, s);
  turn(v, p, q, size, size, c, s);
}

/** Two columns (or rows) of so many entries, `step` apart. */
function turn(list: Float64Array, p: number, q: number, step: number, count: number, c: number, s: number): void {
  let [one, other] = [p, q];
  for (let n = 0; n < count; n++) {
    const x = list[one] as number;
    const y = list[other] as number;
    list[one] = c * x - s * y;
    list[other] = s * x + c * y;
    one += step;
    other += step;
  }
}
