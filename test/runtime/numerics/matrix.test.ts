import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cholesky,
  choleskySolve,
  invertLower,
  multiplyAdd,
  multiplyTransposedAdd,
  seededRandom,
  transposedMultiplyAdd,
} from '../../../runtime/numerics/index.ts';

const matrix = (rows: number, columns: number, seed: number) => {
  const random = seededRandom(seed);
  return Float64Array.from({ length: rows * columns }, () => 2 * random() - 1);
};

/** By the definition. */
const product = (
  a: (i: number, l: number) => number,
  b: (l: number, j: number) => number,
  [m, k, n]: readonly number[],
) =>
  Array.from({ length: (m ?? 0) * (n ?? 0) }, (_, at) => {
    const [i, j] = [Math.floor(at / (n ?? 1)), at % (n ?? 1)];
    let sum = 1;
    for (let l = 0; l < (k ?? 0); l++) sum += a(i, l) * b(l, j);
    return sum;
  });

const close = (got: Float64Array, expected: readonly number[]) => {
  expect(got).toHaveLength(expected.length);
  expect(got.every((value, at) => Math.abs(value - (expected[at] ?? NaN)) < 1e-9)).toBe(true);
};

const sizes = fc.tuple(
  fc.integer({ min: 1, max: 11 }),
  fc.integer({ min: 1, max: 11 }),
  fc.integer({ min: 1, max: 11 }),
);

describe('products of matrices are what their definition says, added to what is there', () => {
  it('A · B', () => {
    fc.assert(
      fc.property(sizes, ([m, k, n]) => {
        const [a, b, c] = [matrix(m, k, 1), matrix(k, n, 2), new Float64Array(m * n).fill(1)];
        multiplyAdd(m, k, n, a, 0, k, b, c);
        close(
          c,
          product(
            (i, l) => a[i * k + l] ?? NaN,
            (l, j) => b[l * n + j] ?? NaN,
            [m, k, n],
          ),
        );
      }),
    );
  });

  it('A · Bᵀ', () => {
    fc.assert(
      fc.property(sizes, ([m, k, n]) => {
        const [a, b, c] = [matrix(m, k, 1), matrix(n, k, 2), new Float64Array(m * n).fill(1)];
        multiplyTransposedAdd(m, k, n, a, b, c);
        close(
          c,
          product(
            (i, l) => a[i * k + l] ?? NaN,
            (l, j) => b[j * k + l] ?? NaN,
            [m, k, n],
          ),
        );
      }),
    );
  });

  it('Aᵀ · B', () => {
    fc.assert(
      fc.property(sizes, ([m, k, n]) => {
        const [a, b, c] = [matrix(k, m, 1), matrix(k, n, 2), new Float64Array(m * n).fill(1)];
        transposedMultiplyAdd(k, m, n, a, 0, m, b, c);
        close(
          c,
          product(
            (i, l) => a[l * m + i] ?? NaN,
            (l, j) => b[l * n + j] ?? NaN,
            [m, k, n],
          ),
        );
      }),
    );
  });

  it('of rows that overlap, as the stretches of a signal do', () => {
    const signal = Float64Array.of(1, 2, 3, 4, 5);
    const sums = new Float64Array(3);
    multiplyAdd(3, 3, 1, signal, 0, 1, Float64Array.of(1, 1, 1), sums);
    expect([...sums]).toEqual([6, 9, 12]);
    const back = new Float64Array(5);
    multiplyTransposedAdd(3, 1, 3, Float64Array.of(1, 1, 1), Float64Array.of(1, 1, 1), back, 0, 1);
    expect([...back]).toEqual([1, 2, 3, 2, 1]);
  });
});

describe('a Cholesky factor', () => {
  const size = 7;
  const root = matrix(size, size, 3);
  const positive = new Float64Array(size * size);
  multiplyTransposedAdd(size, size, size, root, root, positive);
  for (let at = 0; at < positive.length; at += size + 1) positive[at] = (positive[at] ?? 0) + 1;
  const lower = cholesky(positive, size) ?? new Float64Array();

  it('times itself is the matrix', () => {
    const again = new Float64Array(size * size);
    multiplyTransposedAdd(size, size, size, lower, lower, again);
    close(again, [...positive]);
    expect(lower.every((value, at) => at % size <= Math.floor(at / size) || value === 0)).toBe(true);
  });

  it('solves equations, and has an inverse', () => {
    const wanted = matrix(size, 1, 4);
    const right = new Float64Array(size);
    multiplyAdd(size, size, 1, positive, 0, size, wanted, right);
    close(choleskySolve(lower, size, right), [...wanted]);
    const one = new Float64Array(size * size);
    multiplyAdd(size, size, size, lower, 0, size, invertLower(lower, size), one);
    close(
      one,
      Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0)),
    );
  });

  it('is not had of a matrix that is not positive definite', () => {
    expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
    expect(cholesky(Float64Array.of(0), 1)).toBeUndefined();
  });
});
