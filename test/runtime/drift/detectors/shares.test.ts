import { describe, expect, it } from 'vitest';
import { countMissing, missingRate, rangeViolations, unseenCategories } from '../../../../runtime/drift/index.ts';
import { seededRandom } from '../../../../runtime/numerics/index.ts';

const empty = expect.objectContaining({ code: 'SAMPLE_EMPTY' }) as Error;

describe('missing values', () => {
  it('are what is no finite number', () => {
    expect(countMissing([1, null, NaN, undefined, -Infinity, 0])).toEqual({ missing: 4, count: 6 });
    expect(countMissing(Float64Array.of(1, NaN))).toEqual({ missing: 1, count: 2 });
  });

  it('are compared as Fisher does', () => {
    // scipy.stats.fisher_exact([[5, 45], [2, 998]], alternative='greater')
    const { statistic, pValue } = missingRate({ missing: 2, count: 1000 }, { missing: 5, count: 50 });
    expect(statistic).toBe(0.1);
    expect(pValue).toBeCloseTo(3.92590165675008e-6, 12);
    expect(missingRate({ missing: 0, count: 100 }, { missing: 0, count: 10 }).pValue).toBe(1);
    expect(missingRate({ missing: 50, count: 100 }, { missing: 1, count: 10 }).pValue).toBeGreaterThan(0.9);
    expect(() => missingRate({ missing: 0, count: 0 }, { missing: 0, count: 10 })).toThrow(empty);
  });
});

describe('unseen categories', () => {
  const reference = new Map([
    ['on', 600],
    ['off', 400],
  ]);

  it('are told with their share, the most frequent first', () => {
    const current = new Map([
      ['on', 40],
      ['stuck', 4],
      ['fault', 6],
      ['never', 0],
    ]);
    const { statistic, pValue, categories } = unseenCategories(reference, current);
    expect(statistic).toBe(0.2);
    expect(categories).toEqual(['fault', 'stuck']);
    expect(pValue).toBeLessThan(1e-9);
  });

  it('surprise less where the reference had many that came once', () => {
    const names = new Map(Array.from({ length: 300 }, (_, n) => [`name ${n}`, n < 200 ? 1 : 3]));
    expect(
      unseenCategories(
        names,
        new Map([
          ['new', 30],
          ['name 5', 30],
        ]),
      ).pValue,
    ).toBeGreaterThan(0.05);
    expect(unseenCategories(reference, new Map([['on', 60]]))).toEqual({ statistic: 0, pValue: 1, categories: [] });
    expect(() => unseenCategories(reference, new Map())).toThrow(empty);
  });
});

describe('values outside the range', () => {
  const sorted = (...values: number[]) => Float64Array.from(values).sort();

  it('are counted on both sides', () => {
    expect(rangeViolations(sorted(1, 5, 9), sorted(0, 1, 9, 10, 11)).statistic).toBe(0.6);
    expect(rangeViolations(sorted(1, 5, 9), sorted(1, 9))).toEqual({ statistic: 0, pValue: 1 });
    expect(rangeViolations(sorted(1), sorted(2)).pValue).toBe(1);
  });

  it('come of one value after m others with the chance 2 / (m + 1)', () => {
    expect(rangeViolations(sorted(1, 2, 3, 4, 5, 6, 7, 8, 9), sorted(10)).pValue).toBeCloseTo(0.2, 12);
  });

  it('are as frequent in healthy windows as the p-value says', () => {
    const random = seededRandom(12);
    const sample = (size: number) => Float64Array.from({ length: size }, () => random() ** 3).sort();
    let rejected = 0;
    const runs = 4000;
    for (let run = 0; run < runs; run++) if (rangeViolations(sample(50), sample(20)).pValue <= 0.05) rejected++;
    expect(rejected / runs).toBeLessThan(0.05);
    expect(rejected / runs).toBeGreaterThan(0.01);
  });

  it('refuse what is no number', () => {
    const unusable = expect.objectContaining({ code: 'SAMPLE_NOT_FINITE' }) as Error;
    expect(() => rangeViolations(sorted(1, NaN), sorted(1))).toThrow(unusable);
    expect(() => rangeViolations(sorted(1), sorted())).toThrow(empty);
  });
});
