import { describe, expect, it } from 'vitest';
import { seededRandom, symmetricEigen } from '../../../runtime/numerics/index.ts';

describe('eigenvalues of a symmetric matrix', () => {
  it('are those of a matrix that is known', () => {
    const { values, vectors } = symmetricEigen([4, 1, 0, 1, 4, 0, 0, 0, 7], 3);
    expect([...values]).toEqual([7, 5, 3].map((value) => expect.closeTo(value, 12) as number));
    const half = Math.SQRT1_2;
    expect([...vectors].map(Math.abs)).toEqual(
      [0, 0, 1, half, half, 0, half, half, 0].map((value) => expect.closeTo(value, 12) as number),
    );
  });

  it('make the matrix again with their vectors, which stand upright on each other', () => {
    const random = seededRandom(3);
    const size = 12;
    const matrix = new Float64Array(size * size);
    for (let i = 0; i < size; i++)
      for (let j = 0; j <= i; j++) matrix[i * size + j] = matrix[j * size + i] = random() - 0.5;
    const before = matrix.slice();
    const { values, vectors } = symmetricEigen(matrix, size);
    expect(matrix).toEqual(before);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        let [product, entry] = [0, 0];
        for (let k = 0; k < size; k++) {
          product += (vectors[i * size + k] ?? NaN) * (vectors[j * size + k] ?? NaN);
          entry += (values[k] ?? NaN) * (vectors[k * size + i] ?? NaN) * (vectors[k * size + j] ?? NaN);
        }
        expect(product).toBeCloseTo(i === j ? 1 : 0, 12);
        expect(entry).toBeCloseTo(matrix[i * size + j] ?? NaN, 12);
      }
    }
    expect([...values]).toEqual([...values].sort((a, b) => b - a));
  });

  it('of nothing are nothing', () => {
    expect([...symmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
  });
});
