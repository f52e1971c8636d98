import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareWasserstein } from '../../../runtime/drift/detectors/two-sample/prepare-wasserstein.ts';
import { kolmogorovSmirnov, wasserstein } from '../../../runtime/drift/index.ts';

interface Case {
  readonly name: string;
  readonly reference: readonly number[];
  readonly current: readonly number[];
  readonly kolmogorovSmirnov: number;
  readonly wasserstein: number;
}

const file = readFileSync(join(import.meta.dirname, 'two-sample.json'), 'utf8');
const { cases } = JSON.parse(file) as { readonly cases: readonly Case[] };
const sorted = (values: readonly number[]) => Float64Array.from(values).sort();
const nothing = new Float64Array();
const something = Float64Array.of(1, 2);

describe.each(cases)('two-sample statistics of $name', (given) => {
  const reference = sorted(given.reference);
  const current = sorted(given.current);

  it('agree with scipy, whichever sample is called the reference', () => {
    expect(kolmogorovSmirnov(reference, current)).toBeCloseTo(given.kolmogorovSmirnov, 12);
    expect(kolmogorovSmirnov(current, reference)).toBeCloseTo(given.kolmogorovSmirnov, 12);
    expect(wasserstein(reference, current)).toBeCloseTo(given.wasserstein, 9);
    expect(wasserstein(current, reference)).toBeCloseTo(given.wasserstein, 9);
  });

  it('are the same from a prepared reference', () => {
    expect(prepareWasserstein(reference)(current)).toBeCloseTo(given.wasserstein, 9);
    expect(prepareWasserstein(current)(reference)).toBeCloseTo(given.wasserstein, 9);
  });
});

describe('two-sample statistics', () => {
  it('keep their digits where values are large and far from zero', () => {
    const reference = Float64Array.from({ length: 1000 }, (_, i) => 1e9 + i / 1000);
    const moved = reference.map((value) => value + 0.25);
    expect(prepareWasserstein(reference)(moved)).toBeCloseTo(0.25, 6);
  });

  it('refuse a sample without values', () => {
    const expected = expect.objectContaining({ code: 'SAMPLE_EMPTY' }) as Error;
    expect(() => kolmogorovSmirnov(something, nothing)).toThrow(expected);
    expect(() => wasserstein(nothing, something)).toThrow(expected);
    expect(() => prepareWasserstein(nothing)).toThrow(expected);
    expect(() => prepareWasserstein(something)(nothing)).toThrow(expected);
  });
});
