import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as numerics from '../../../runtime/numerics/index.ts';

const file = readFileSync(join(import.meta.dirname, 'data/distributions.json'), 'utf8');
/** Of each function, rows of its arguments and then what scipy gives. */
const { source: _, ...cases } = JSON.parse(file) as Record<string, number[][]>;
const functions = numerics as unknown as Record<string, (...given: number[]) => number>;

describe.each(Object.entries(cases))('%s', (name, rows) => {
  it.each(rows.map((row) => ({ given: row.slice(0, -1), expected: row.at(-1) as number })))(
    'agrees with scipy at $given',
    ({ given, expected }) => {
      const found = functions[name]?.(...given) ?? NaN;
      expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
    },
  );
});

describe('tails', () => {
  it('keep their digits where they are tiny', () => {
    expect(numerics.normalTail(20) / 2.753624118606e-89).toBeCloseTo(1, 9);
    expect(numerics.gammaTail(2, 100) / 3.757276e-42).toBeCloseTo(1, 5);
    expect(numerics.kolmogorovTail(1000, 0.4) / (2 * Math.exp(-2 * 1000 * 0.16))).toBeLessThan(1);
    expect(numerics.kolmogorovTail(1000, 0.4)).toBeGreaterThan(0);
  });

  it('fall from one to nothing', () => {
    for (const n of [3, 139, 141, 3000]) {
      const falling = Array.from({ length: 201 }, (_, d) => numerics.kolmogorovTail(n, d / 200));
      expect(falling[0]).toBe(1);
      expect(falling.at(-1)).toBe(0);
      for (const [d, value] of falling.entries()) expect(value).toBeLessThanOrEqual((falling[d - 1] ?? 1) + 1e-9);
    }
  });
});
