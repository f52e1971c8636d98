import { describe, expect, it } from 'vitest';
import { createMmd, createPcaError } from '../../../../runtime/drift/index.ts';
import { mean, quantile, seededRandom } from '../../../../runtime/numerics/index.ts';
import { autoregressive, take } from '../streams.ts';

const names = ['a', 'b', 'c', 'd'];

/** Four features that two hidden ones make; broken: b goes its own way, though none of the four looks any different. */
function pairs(seed: number, broken = false): () => Float64Array {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return () => {
    const [one, two, other] = [normal(), normal(), normal()];
    const noisy = (value: number) => 0.95 * value + Math.sqrt(1 - 0.95 ** 2) * normal();
    return Float64Array.of(noisy(one), 100 * noisy(broken ? other : one), noisy(two), noisy(two) - 5);
  };
}
const scoresOf = (rows: readonly Float64Array[], score: (row: Float64Array) => number) => rows.map((row) => score(row));

describe('reconstruction error of principal components', () => {
  const reference = { names, rows: take(2000, pairs(1)) };

  it('sees that features go together no longer, where each alone looks as it did', () => {
    const { score } = createPcaError(reference) ?? expect.fail();
    const healthy = mean(scoresOf(take(500, pairs(2)), score));
    const broken = mean(scoresOf(take(500, pairs(2, true)), score));
    expect(broken).toBeGreaterThan(2 * healthy);
  });

  it('gives the rows of its reference the scores that healthy rows of later have', () => {
    const few = { names, rows: take(60, pairs(3)) };
    const { reference: own, score } = createPcaError(few) ?? expect.fail();
    const later = Float64Array.from(scoresOf(take(4000, pairs(4)), score)).sort();
    expect(own).toHaveLength(60);
    expect(mean(own) / mean(later)).toBeGreaterThan(0.8);
    expect(quantile(own.slice().sort(), 0.9) / quantile(later, 0.9)).toBeGreaterThan(0.75);
  });

  it('of a plane is the distance to it', () => {
    const random = seededRandom(5);
    // The third is the sum of the others: in standard deviations all rows lie in a plane.
    const rows = Array.from({ length: 500 }, () => [random() - 0.5, random() - 0.5]).map(([x = 0, y = 0]) => [
      x,
      y,
      x + y,
    ]);
    const { reference: own, score } =
      createPcaError({ names: ['x', 'y', 'z'], rows }, { explained: 0.99 }) ?? expect.fail();
    for (const value of own) expect(value).toBeLessThan(1e-6);
    const deviation = (column: number) => Math.sqrt(mean(rows.map((row) => (row[column] ?? 0) ** 2)));
    // Upright on the plane x/sx·sx + y/sy·sy - z/sz·sz = 0 in standard deviations.
    const normal = [deviation(0), deviation(1), -deviation(2)];
    const length = Math.hypot(...normal);
    const off = [0, 1, 2].map((column) => 2 * ((normal[column] ?? 0) / length) * deviation(column));
    expect(score(off)).toBeCloseTo(2, 1);
  });

  it('leaves out what is missing', () => {
    const { score } = createPcaError(reference) ?? expect.fail();
    expect(score([0, 0, 0, -5])).toBeLessThan(0.5);
    expect(score([0, NaN, Infinity, -5])).toBeLessThan(0.5);
    expect(score([NaN, NaN, NaN, NaN])).toBeNaN();
  });

  it('is not made of too few features or rows', () => {
    expect(createPcaError({ names: ['a'], rows: take(100, autoregressive(1, 0, 1)) })).toBeUndefined();
    const constant = take(100, autoregressive(1, 0, 2)).map(([a = 0]) => [a, 7]);
    expect(createPcaError({ names: ['a', 'b'], rows: constant })).toBeUndefined();
    expect(createPcaError({ names, rows: take(30, pairs(1)) })).toBeUndefined();
  });

  it('knows a column that does not vary beside those that do', () => {
    const rows = take(500, pairs(6)).map((row) => [...row, 3]);
    const { score } = createPcaError({ names: [...names, 'still'], rows }) ?? expect.fail();
    expect(score([0, 0, 0, -5, 3])).toBe(score([0, 0, 0, -5, 1e9]));
  });
});

describe('maximum mean discrepancy', () => {
  const independent = (seed: number) => autoregressive(seed, 0, 3);
  const three = ['a', 'b', 'c'];

  it('is about zero of the same distribution and grows with the shift', () => {
    const mmd = createMmd({ names: three, rows: take(1000, independent(1)) });
    const shifted = (by: number) => take(100, independent(2)).map((row) => row.map((value) => value + by));
    const [none = 0, small = 0, large = 0] = [0, 0.5, 2].map((by) => mmd.statistic(shifted(by)));
    expect(Math.abs(none)).toBeLessThan(0.02);
    expect(small).toBeGreaterThan(none);
    expect(large).toBeGreaterThan(5 * small);
  });

  it('is what its definition says', () => {
    const rows = [[0], [1], [2]];
    const mmd = createMmd({ names: ['a'], rows }, { block: 1 });
    // In deviations √(2/3); the median of the distances of two is 1, squared 3/2 of a squared deviation.
    const kernel = (x: number, y: number) => Math.exp(-((x - y) ** 2));
    const within = (kernel(0, 1) + kernel(1, 2) + kernel(0, 2)) / 3;
    const across = [0, 1, 2].reduce((sum, x) => sum + kernel(x, 3) + kernel(x, 5), 0) / 6;
    expect(mmd.statistic([[3], [5]])).toBeCloseTo(within + kernel(3, 5) - 2 * across, 12);
    expect(mmd.test([[3], [5]]).statistic).toBeCloseTo(within + kernel(3, 5) - 2 * across, 12);
  });

  it('finds a broken correlation', () => {
    const mmd = createMmd({ names, rows: take(1000, pairs(1)) });
    expect(mmd.test(take(100, pairs(2))).pValue).toBeGreaterThan(0.05);
    expect(mmd.test(take(100, pairs(2, true))).pValue).toBeLessThan(0.01);
  });

  it('rejects about one in twenty healthy windows at five percent, also of rows that resemble their neighbours', () => {
    const rejected = (phi: number, block: number) => {
      let count = 0;
      const windows = 50;
      for (let seed = 0; seed < windows; seed++) {
        const next = autoregressive(100 + seed, phi, 2);
        const rows = take(800, next);
        take(100, next);
        const mmd = createMmd({ names: ['a', 'b'], rows }, { block, permutations: 59, rows: 96 });
        if (mmd.test(take(48, next)).pValue <= 0.05) count++;
      }
      return count / windows;
    };
    expect(rejected(0, 1)).toBeLessThan(0.13);
    expect(rejected(0.8, 12)).toBeLessThan(0.15);
    // Single rows exchanged: what blocks are there to prevent.
    expect(rejected(0.8, 1)).toBeGreaterThan(0.3);
  });

  it('gives the same answer of the same seed, and needs two rows', () => {
    const mmd = createMmd({ names: three, rows: take(200, independent(1)) });
    const window = take(50, independent(3));
    expect(mmd.test(window)).toEqual(mmd.test(window));
    const empty = expect.objectContaining({ code: 'SAMPLE_EMPTY' }) as Error;
    expect(() => mmd.statistic([])).toThrow(empty);
    expect(() => createMmd({ names: three, rows: [] })).toThrow(empty);
  });
});
