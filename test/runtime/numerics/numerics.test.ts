import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as numerics from '../../../runtime/numerics/index.ts';

/** Figures of scipy 1.10.1. */
const reference = JSON.parse(readFileSync(new URL('../signal/data/filters.json', import.meta.url), 'utf8')) as {
  input: number[];
  moments: Record<string, number>;
  rfft_64: { real: number[]; imag: number[] };
};

const close = (value: number, expected: number) =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(Math.max(1e-9, 1e-6 * Math.abs(expected)));

describe('statistics agree with scipy', () => {
  const { input, moments } = reference;
  it.each([
    ['mean', numerics.mean, 'mean'],
    ['root mean square', numerics.rootMeanSquare, 'rms'],
    ['standard deviation', numerics.standardDeviation, 'std_population'],
    ['skewness', numerics.skewness, 'skewness'],
    ['kurtosis', numerics.kurtosis, 'kurtosis_excess'],
    ['minimum', numerics.minimum, 'min'],
    ['maximum', numerics.maximum, 'max'],
  ] as const)('%s', (_, compute, key) => close(compute(input), moments[key] as number));

  it('peak is the largest value whatever its sign', () => {
    expect(numerics.peak([-3, 2])).toBe(3);
  });

  it('a constant has no skewness and no kurtosis, instead of NaN', () => {
    expect([numerics.skewness([2, 2, 2]), numerics.kurtosis([2, 2, 2])]).toEqual([0, 0]);
  });

  it('quantiles interpolate as numpy.quantile does', () => {
    expect([0, 0.1, 0.5, 0.9, 1].map((p) => numerics.quantile([1, 2, 4, 8], p))).toEqual([
      1,
      expect.closeTo(1.3, 12),
      3,
      expect.closeTo(6.8, 12),
      8,
    ]);
  });
});

describe('the Fourier transform', () => {
  it('agrees with numpy.fft.rfft', () => {
    const real = Float64Array.from(reference.input.slice(0, 64));
    const imaginary = new Float64Array(64);
    numerics.createFourier(64).transform(real, imaginary);
    reference.rfft_64.real.forEach((expected, bin) => close(real[bin] as number, expected));
    reference.rfft_64.imag.forEach((expected, bin) => close(imaginary[bin] as number, expected));
    const [re, im] = [new Float64Array(33), new Float64Array(33)];
    numerics.createRealFourier(64).transform(reference.input, re, im);
    reference.rfft_64.real.forEach((expected, bin) => close(re[bin] as number, expected));
    reference.rfft_64.imag.forEach((expected, bin) => close(im[bin] as number, expected));
  });

  it.each([1, 2, 3, 4, 8, 9, 15, 16, 32, 50, 61, 64, 67, 100, 120, 122, 127, 128, 134])(
    'is the sum that defines it: of %i complex values',
    (size) => {
      const values = Array.from({ length: size }, (_, n) => [Math.sin(n * n + 1), Math.cos(3 * n * n)] as const);
      const real = Float64Array.from(values, ([re]) => re);
      const imaginary = Float64Array.from(values, ([, im]) => im);
      numerics.createFourier(size).transform(real, imaginary);
      for (let k = 0; k < size; k++) {
        let [sumRe, sumIm] = [0, 0];
        values.forEach(([re, im], n) => {
          const angle = (2 * Math.PI * ((k * n) % size)) / size;
          sumRe += re * Math.cos(angle) + im * Math.sin(angle);
          sumIm += im * Math.cos(angle) - re * Math.sin(angle);
        });
        expect(real[k]).toBeCloseTo(sumRe, 10);
        expect(imaginary[k]).toBeCloseTo(sumIm, 10);
      }
    },
  );

  it('of real values is half of that of complex ones, wherever and however they lie', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 9 }), (size, from) => {
        const values = Float64Array.from({ length: size + from }, (_, n) => Math.sin(n * n * 0.7));
        const fourier = numerics.createRealFourier(size);
        const [re, im] = [new Float64Array(fourier.bins), new Float64Array(fourier.bins)];
        fourier.transform(values, re, im, from);
        const [real, imaginary] = [values.slice(from), new Float64Array(size)];
        numerics.createFourier(size).transform(real, imaginary);
        for (let k = 0; k < fourier.bins; k++) {
          expect(re[k]).toBeCloseTo(real[k] as number, 10);
          expect(im[k]).toBeCloseTo(imaginary[k] as number, 10);
        }
        const [plainRe, plainIm] = [new Float64Array(fourier.bins), new Float64Array(fourier.bins)];
        fourier.transform([...values], plainRe, plainIm, from);
        expect([plainRe, plainIm]).toEqual([re, im]);
      }),
    );
  });

  it.each([0, -4, 2.5, NaN])('refuses a size of %d', (size) => {
    expect(() => numerics.createFourier(size)).toThrow(RangeError);
    expect(() => numerics.createRealFourier(size)).toThrow(RangeError);
  });
});

it('sines from sums and products are exact to the last bits', () => {
  fc.assert(
    fc.property(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: 1, max: 4096 }), (k, n) => {
      const { cos, sin } = numerics.turn(k, n);
      const angle = (2 * Math.PI * (((k % n) + n) % n)) / n;
      expect(cos).toBeCloseTo(Math.cos(angle), 14);
      expect(sin).toBeCloseTo(Math.sin(angle), 14);
    }),
  );
});

it('the same seed gives the same random numbers, evenly spread', () => {
  const draw = (seed: number) => Array.from({ length: 2000 }, numerics.seededRandom(seed));
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(numerics.mean(draw(7))).toBeCloseTo(0.5, 1);
  expect(numerics.seededRandom(1)()).toBe(0.6270739405881613);
});

it('softmax does not overflow', () => {
  const scores = Float64Array.of(1000, 1000, -1000);
  numerics.softmax(scores);
  expect([...scores]).toEqual([0.5, 0.5, 0]);
});

it('minimises Rosenbrock’s banana function', () => {
  const { at, converged } = numerics.minimise(
    (point, gradient) => {
      const [x = 0, y = 0] = point;
      gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x);
      gradient[1] = 200 * (y - x * x);
      return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
    },
    Float64Array.of(-1.2, 1),
  );
  expect(converged).toBe(true);
  expect(at[0]).toBeCloseTo(1, 4);
  expect(at[1]).toBeCloseTo(1, 4);
});
