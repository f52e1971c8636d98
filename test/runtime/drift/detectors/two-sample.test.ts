import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareCramerVonMises } from '../../../../runtime/drift/detectors/two-sample/prepare-cramer-von-mises.ts';
import { prepareEnergyDistance } from '../../../../runtime/drift/detectors/two-sample/prepare-energy-distance.ts';
import { prepareWasserstein } from '../../../../runtime/drift/detectors/two-sample/prepare-wasserstein.ts';
import {
  binCounts,
  chiSquare,
  cramerVonMises,
  energyDistance,
  hellinger,
  jensenShannon,
  kolmogorovSmirnov,
  kolmogorovSmirnovTest,
  largestDifference,
  populationStability,
  quantileEdges,
  wasserstein,
} from '../../../../runtime/drift/index.ts';
import { seededRandom } from '../../../../runtime/numerics/index.ts';

interface Numeric {
  readonly name: string;
  readonly reference: readonly number[];
  readonly current: readonly number[];
  readonly ks: { readonly statistic: number; readonly pvalue_auto: number; readonly pvalue_asymp: number };
  readonly wasserstein: number;
  readonly energy_distance: number;
  readonly cramer_von_mises: { readonly statistic: number; readonly pvalue: number };
  readonly bins: {
    readonly inner_edges: readonly number[];
    readonly reference_counts: readonly number[];
    readonly current_counts: readonly number[];
  };
  readonly 'psi_floor_1e-4': number;
  readonly jensen_shannon_distance_base2: number;
  readonly hellinger: number;
}

interface Categorical {
  readonly name: string;
  readonly reference_counts: readonly number[];
  readonly current_counts: readonly number[];
  readonly chi2: { readonly statistic: number; readonly pvalue: number; readonly dof: number };
  readonly jensen_shannon_distance_base2: number;
  readonly l_infinity: number;
}

const file = readFileSync(join(import.meta.dirname, '../data/two-sample.json'), 'utf8');
const { numeric, categorical } = JSON.parse(file) as {
  numeric: readonly Numeric[];
  categorical: readonly Categorical[];
};
const sorted = (values: readonly number[]) => Float64Array.from(values).sort();
const near = (expected: number) => expect.closeTo(expected, 9) as number;

describe.each(numeric)('numbers: $name', (given) => {
  const reference = sorted(given.reference);
  const current = sorted(given.current);
  const { reference_counts: was, current_counts: is, inner_edges: edges } = given.bins;

  it('agree with the reference values, whichever sample is called the reference', () => {
    for (const [one, other] of [
      [reference, current],
      [current, reference],
    ] as const) {
      expect(kolmogorovSmirnov(one, other)).toBeCloseTo(given.ks.statistic, 12);
      expect(wasserstein(one, other)).toBeCloseTo(given.wasserstein, 9);
      expect(prepareWasserstein(one)(other)).toBeCloseTo(given.wasserstein, 9);
      expect(energyDistance(one, other)).toBeCloseTo(given.energy_distance, 9);
      expect(prepareEnergyDistance(one)(other)).toBeCloseTo(given.energy_distance, 7);
      const many = cramerVonMises(one, other, 'asymptotic');
      expect(many.statistic).toBeCloseTo(given.cramer_von_mises.statistic, 9);
      expect(prepareCramerVonMises(one)(other)).toBeCloseTo(given.cramer_von_mises.statistic, 9);
      expect(Math.abs(many.pValue - given.cramer_von_mises.pvalue)).toBeLessThan(1e-9);
      const { pValue: exact } = kolmogorovSmirnovTest(one, other);
      expect(exact / given.ks.pvalue_auto).toBeCloseTo(1, 9);
      expect(kolmogorovSmirnovTest(one, other, 'exact').pValue).toBe(exact);
      expect(kolmogorovSmirnovTest(one, other, 'asymptotic').pValue).toBeCloseTo(given.ks.pvalue_asymp, 9);
    }
  });

  it('are counted in the same bins', () => {
    expect(quantileEdges(reference)).toEqual(edges.map(near));
    expect([...binCounts(reference, edges)]).toEqual(was);
    expect([...binCounts(current, edges)]).toEqual(is);
  });

  it('agree with the reference values by bins', () => {
    expect(populationStability(was, is)).toBeCloseTo(given['psi_floor_1e-4'], 9);
    expect(jensenShannon(was, is)).toBeCloseTo(given.jensen_shannon_distance_base2, 9);
    expect(jensenShannon(is, was)).toBeCloseTo(given.jensen_shannon_distance_base2, 9);
    expect(hellinger(was, is)).toBeCloseTo(given.hellinger, 9);
  });
});

describe.each(categorical)('categories: $name', (given) => {
  const { reference_counts: was, current_counts: is, chi2 } = given;

  it('agree with the reference values', () => {
    const expected = { statistic: near(chi2.statistic), pValue: near(chi2.pvalue), degrees: chi2.dof };
    expect(chiSquare(was, is)).toEqual(expected);
    expect(chiSquare(is, was)).toEqual(expected);
    expect(jensenShannon(was, is)).toBeCloseTo(given.jensen_shannon_distance_base2, 9);
    expect(largestDifference(was, is)).toBeCloseTo(given.l_infinity, 9);
  });
});

describe('two-sample statistics', () => {
  const something = Float64Array.of(1, 2);
  const ofSamples = [
    kolmogorovSmirnov,
    kolmogorovSmirnovTest,
    wasserstein,
    energyDistance,
    cramerVonMises,
    (one: Float64Array, other: Float64Array) => prepareWasserstein(one)(other),
    (one: Float64Array, other: Float64Array) => prepareCramerVonMises(one)(other),
    (one: Float64Array, other: Float64Array) => prepareEnergyDistance(one)(other),
  ];
  const ofCounts = [chiSquare, jensenShannon, hellinger, largestDifference, populationStability];
  const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;

  it('keep their digits where values are large and far from zero', () => {
    const reference = Float64Array.from({ length: 1000 }, (_, i) => 1e9 + i / 1000);
    const moved = reference.map((value) => value + 0.25);
    expect(prepareWasserstein(reference)(moved)).toBeCloseTo(0.25, 6);
  });

  it('refuse a sample without values', () => {
    for (const statistic of ofSamples) {
      expect(() => statistic(something, new Float64Array())).toThrow(code('SAMPLE_EMPTY'));
      expect(() => statistic(new Float64Array(), something)).toThrow(code('SAMPLE_EMPTY'));
    }
    for (const statistic of ofCounts) expect(() => statistic([1, 1], [0, 0])).toThrow(code('SAMPLE_EMPTY'));
    expect(() => quantileEdges(new Float64Array())).toThrow(code('SAMPLE_EMPTY'));
  });

  it('refuse what is no number, and name it', () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const sample = Float64Array.of(1, bad, 2).sort();
      for (const statistic of ofSamples) {
        expect(() => statistic(something, sample)).toThrow(code('SAMPLE_NOT_FINITE'));
        expect(() => statistic(sample, something)).toThrow(String(bad));
      }
    }
    for (const statistic of ofCounts) {
      expect(() => statistic([1, 1], [1, -1])).toThrow(code('SAMPLE_NOT_FINITE'));
      expect(() => statistic([1, NaN], [1, 1])).toThrow(code('SAMPLE_NOT_FINITE'));
      expect(() => statistic([1, 1], [1, 1, 1])).toThrow(code('COUNTS_UNEQUAL'));
    }
  });

  it('count all orders of few values', () => {
    const [one, other] = [Float64Array.of(1, 2, 3, 4), Float64Array.of(2.5, 3.5, 4.5, 5.5, 6.5)];
    expect(cramerVonMises(one, other).pValue).toBeCloseTo(18 / 126, 12);
    expect(cramerVonMises(other, one, 'exact').pValue).toBeCloseTo(18 / 126, 12);
    expect(kolmogorovSmirnovTest(one, other).pValue).toBeCloseTo(36 / 126, 12);
  });

  it('know no difference between two bins that are empty in both samples', () => {
    expect(chiSquare([5, 0], [9, 0])).toEqual({ statistic: 0, pValue: 1, degrees: 0 });
  });

  it('reject one in twenty healthy samples at five percent', () => {
    const random = seededRandom(4);
    const sample = (size: number) => Float64Array.from({ length: size }, random).sort();
    const rejected = { exact: 0, asymptotic: 0, cramer: 0, chi: 0 };
    const runs = 2000;
    for (let run = 0; run < runs; run++) {
      const [one, other] = [sample(60), sample(47)];
      if (kolmogorovSmirnovTest(one, other).pValue <= 0.05) rejected.exact++;
      if (kolmogorovSmirnovTest(one, other, 'asymptotic').pValue <= 0.05) rejected.asymptotic++;
      if (cramerVonMises(one, other).pValue <= 0.05) rejected.cramer++;
      const edges = [0.25, 0.5, 0.75];
      if (chiSquare(binCounts(one, edges), binCounts(other, edges)).pValue <= 0.05) rejected.chi++;
    }
    for (const share of Object.values(rejected).map((count) => count / runs)) {
      expect(share).toBeGreaterThan(0.035);
      expect(share).toBeLessThan(0.065);
    }
  });
});
