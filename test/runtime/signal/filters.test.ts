import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createRealFourier,
  kurtosis,
  maximum,
  mean,
  minimum,
  rootMeanSquare,
  skewness,
  standardDeviation,
} from '../../../runtime/numerics/index.ts';
import { butterworth, createSosFilter, type Pass } from '../../../runtime/signal/index.ts';
import { createWelch } from '../../../runtime/signal/spectra/welch.ts';
import { wavy } from './support.ts';

interface Reference {
  readonly sample_rate_hz: number;
  readonly input: readonly number[];
  readonly butterworth: readonly {
    readonly type: Pass;
    readonly cutoff_hz: number | readonly number[];
    readonly order: number;
    readonly sos: readonly (readonly number[])[];
    readonly output: readonly number[];
  }[];
  readonly welch: { readonly frequency_hz: readonly number[]; readonly density: readonly number[] };
  readonly rfft_64: { readonly real: readonly number[]; readonly imag: readonly number[] };
  readonly moments: Readonly<Record<string, number>>;
}

const reference = JSON.parse(readFileSync(new URL('./data/filters.json', import.meta.url), 'utf8')) as Reference;
const { input, sample_rate_hz: rate } = reference;

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>) {
  expect(found.length).toBe(expected.length);
  for (let n = 0; n < expected.length; n++) {
    const wanted = expected[n] as number;
    expect(Math.abs((found[n] as number) - wanted)).toBeLessThanOrEqual(Math.max(1e-6 * Math.abs(wanted), 1e-9));
  }
}

describe('a Butterworth filter', () => {
  it.each(reference.butterworth)('is that of scipy: $type $cutoff_hz Hz, order $order', (wanted) => {
    const cutoffs = typeof wanted.cutoff_hz === 'number' ? [wanted.cutoff_hz] : wanted.cutoff_hz;
    const sections = butterworth({ pass: wanted.type, order: wanted.order, cutoffs }, rate);
    expectClose(
      sections.flatMap(({ b0, b1, b2, a1, a2 }) => [b0, b1, b2, 1, a1, a2]),
      wanted.sos.flat(),
    );
    const output = new Float64Array(input.length);
    createSosFilter(sections).run(input, output);
    expectClose(output, wanted.output);
  });

  it.each([
    [{ pass: 'low', order: 4, cutoffs: [31.25] }, 'not below half'],
    [{ pass: 'low', order: 4, cutoffs: [0] }, 'not above 0'],
    [{ pass: 'low', order: 4, cutoffs: [NaN] }, 'not above 0'],
    [{ pass: 'band', order: 4, cutoffs: [9, 3] }, 'not above the lower'],
    [{ pass: 'band', order: 4, cutoffs: [9] }, 'needs 2'],
    [{ pass: 'high', order: 0, cutoffs: [9] }, 'order 0'],
    [{ pass: 'high', order: 17, cutoffs: [9] }, 'order 17'],
  ] as const)('refuses %o', (design, words) => {
    expect(() => butterworth(design, rate)).toThrow(
      expect.objectContaining({ code: 'FILTER_INVALID', message: expect.stringContaining(words) as string }),
    );
    expect(() => butterworth({ pass: 'low', order: 2, cutoffs: [3] }, 0)).toThrow(/sample rate of 0/);
  });

  it.each(['low', 'high', 'band', 'stop'] as const)('halves the power at the cut-offs: %s', (pass) => {
    const cutoffs = pass === 'low' || pass === 'high' ? [7] : [5, 11];
    for (const order of [1, 2, 3, 5, 8]) {
      const sections = butterworth({ pass, order, cutoffs }, rate);
      for (const cutoff of cutoffs) expect(powerAt(sections, cutoff)).toBeCloseTo(0.5, 6);
    }
  });

  it('filters a stream in pieces as it does the whole', () => {
    const design = fc.record({ pass: fc.constantFrom('low', 'high'), order: fc.integer({ min: 1, max: 8 }) });
    fc.assert(
      fc.property(design, fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 20 }), ({ pass, order }, cuts) => {
        const signal = wavy(400);
        const sections = butterworth({ pass, order, cutoffs: [9] }, rate);
        const whole = new Float64Array(signal.length);
        createSosFilter(sections).run(signal, whole);
        const pieces = new Float64Array(signal.length);
        const filter = createSosFilter(sections);
        let from = 0;
        for (const cut of [...cuts, signal.length]) {
          const to = Math.min(signal.length, from + cut);
          filter.run(signal, pieces, from, to);
          from = to;
        }
        expect(pieces).toEqual(whole);
      }),
    );
  });

  it('lets a level pass without a transient where it is told of it', () => {
    const filter = createSosFilter(butterworth({ pass: 'low', order: 6, cutoffs: [3] }, rate));
    filter.reset(21.5);
    for (let n = 0; n < 50; n++) expect(filter.step(21.5)).toBeCloseTo(21.5, 9);
    const high = createSosFilter(butterworth({ pass: 'high', order: 3, cutoffs: [3] }, rate));
    high.reset(21.5);
    for (let n = 0; n < 50; n++) expect(high.step(21.5)).toBeCloseTo(0, 9);
  });
});

/** |H|² at a frequency, from the sections themselves. */
function powerAt(sections: ReturnType<typeof butterworth>, frequency: number): number {
  const angle = (2 * Math.PI * frequency) / rate;
  const square = (c0: number, c1: number, c2: number) =>
    (c0 + c1 * Math.cos(angle) + c2 * Math.cos(2 * angle)) ** 2 +
    (c1 * Math.sin(angle) + c2 * Math.sin(2 * angle)) ** 2;
  return sections.reduce((all, { b0, b1, b2, a1, a2 }) => (all * square(b0, b1, b2)) / square(1, a1, a2), 1);
}

describe('spectra', () => {
  it('are those of numpy.fft.rfft', () => {
    const fourier = createRealFourier(64);
    const [real, imaginary] = [new Float64Array(33), new Float64Array(33)];
    fourier.transform(input, real, imaginary);
    expectClose(real, reference.rfft_64.real);
    expectClose(imaginary, reference.rfft_64.imag);
  });

  it('are the sum that defines them, for every length', () => {
    for (const size of [1, 2, 3, 4, 5, 6, 7, 12, 16, 30, 97, 100, 128]) {
      const fourier = createRealFourier(size);
      const values = wavy(size + 3);
      const [real, imaginary] = [new Float64Array(fourier.bins), new Float64Array(fourier.bins)];
      fourier.transform(values, real, imaginary, 3);
      for (let k = 0; k < fourier.bins; k++) {
        let [re, im] = [0, 0];
        for (let n = 0; n < size; n++) {
          const angle = (-2 * Math.PI * ((k * n) % size)) / size;
          re += (values[n + 3] as number) * Math.cos(angle);
          im += (values[n + 3] as number) * Math.sin(angle);
        }
        expect(real[k]).toBeCloseTo(re, 10);
        expect(imaginary[k]).toBeCloseTo(im, 10);
      }
    }
    expect(() => createRealFourier(0)).toThrow(RangeError);
  });

  it('by Welch are those of scipy', () => {
    const welch = createWelch({ segment: 64, overlap: 32, rate });
    welch.push(input);
    const density = new Float64Array(33);
    welch.density(density);
    expectClose(welch.frequencies, reference.welch.frequency_hz);
    expectClose(density, reference.welch.density);
  });

  it('by Welch are the same however the samples come', () => {
    const whole = createWelch({ segment: 50, overlap: 20, rate });
    whole.push(input);
    const expected = new Float64Array(26);
    whole.density(expected);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 12 }), (cuts) => {
        const welch = createWelch({ segment: 50, overlap: 20, rate });
        let from = 0;
        for (const cut of [...cuts, input.length]) {
          welch.push(input.slice(from, from + cut));
          from += cut;
        }
        const density = new Float64Array(26);
        welch.density(density);
        expect(density).toEqual(expected);
      }),
    );
  });
});

describe('moments', () => {
  it('are those of scipy', () => {
    const { moments } = reference;
    const found = [
      mean(input),
      rootMeanSquare(input),
      standardDeviation(input),
      skewness(input),
      kurtosis(input),
      minimum(input),
      maximum(input),
    ];
    const wanted = ['mean', 'rms', 'std_population', 'skewness', 'kurtosis_excess', 'min', 'max'];
    expectClose(
      found,
      wanted.map((name) => moments[name] ?? NaN),
    );
  });
});
