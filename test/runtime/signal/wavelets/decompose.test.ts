import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecomposition, mostLevels } from '../../../../runtime/signal/wavelets/decompose.ts';
import { SCALING_FILTERS } from '../../../../runtime/signal/wavelets/scaling-filters.ts';
import { type Wavelet, WAVELETS } from '../../../../runtime/signal/wavelets/wavelets.ts';

/** pywt.wavedec(x, wavelet, mode='symmetric', level=2) of PyWavelets 1.8.0, to ten digits; x as below. */
const pywt = JSON.parse(readFileSync(new URL('./data/pywt.json', import.meta.url), 'utf8')) as Record<
  Wavelet,
  readonly (readonly number[])[]
>;
const x = Float64Array.from({ length: 61 }, (_, n) => ((7 * n * n) % 23) - 11);

function decompose(values: Float64Array, wavelet: Wavelet, levels: number): readonly Float64Array[] {
  const decomposition = createDecomposition(values.length, wavelet, levels);
  decomposition.run(values);
  return decomposition.parts;
}

/** The inverse, level by level: upsampled, filtered, added, the ends cut off. */
function recompose([approximation, ...details]: readonly Float64Array[], wavelet: Wavelet, lengths: number[]) {
  const scaling = SCALING_FILTERS[wavelet];
  const taps = scaling.length;
  const low = (n: number) => scaling[n] ?? 0;
  const high = (n: number) => (n % 2 === 0 ? 1 : -1) * (scaling[taps - 1 - n] ?? 0);
  return details.reduce(
    (smooth, rough, level) => {
      const length = lengths.at(-1 - level) ?? 0;
      return Float64Array.from({ length }, (_, n) => {
        let sum = 0;
        for (let k = 0; k < rough.length; k++) {
          const tap = n + taps - 2 - 2 * k;
          if (tap >= 0 && tap < taps) sum += low(tap) * (smooth[k] ?? NaN) + high(tap) * (rough[k] ?? NaN);
        }
        return sum;
      });
    },
    approximation ?? new Float64Array(0),
  );
}

function expectClose(found: ArrayLike<number>, wanted: ArrayLike<number>, bound = 1e-8) {
  expect(found.length).toBe(wanted.length);
  for (let n = 0; n < wanted.length; n++) expect(Math.abs(found[n]! - wanted[n]!)).toBeLessThanOrEqual(bound);
}

describe('a wavelet decomposition', () => {
  it('is the one that the PyWavelets documentation shows', () => {
    const parts = decompose(Float64Array.of(3, 7, 1, 1, -2, 5, 4, 6), 'haar', 3);
    const wanted = [[8.83883476], [-0.35355339], [4, -3.5], [-2.82842712, 0, -4.94974747, -1.41421356]];
    wanted.forEach((part, index) => expectClose(parts[index] ?? [], part));
  });

  it.each(WAVELETS)('agrees with PyWavelets: %s', (wavelet) => {
    decompose(x, wavelet, 2).forEach((part, index) => expectClose(part, pywt[wavelet][index] ?? []));
  });

  it.each(WAVELETS)('loses nothing: %s', (wavelet) => {
    const samples = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 64, maxLength: 150 });
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 2 }), (values, levels) => {
        const taps = SCALING_FILTERS[wavelet].length;
        const lengths = [values.length];
        for (let level = 1; level < levels; level++) lengths.push(((lengths.at(-1) ?? 0) + taps - 1) >> 1);
        const whole = Float64Array.from(values);
        expectClose(recompose(decompose(whole, wavelet, levels), wavelet, lengths), whole);
      }),
      { numRuns: 25 },
    );
  });

  it('has as many levels as PyWavelets allows', () => {
    expect([7, 8, 15, 16, 61, 1024].map((length) => mostLevels(length, 'db4'))).toEqual([0, 0, 1, 1, 3, 7]);
    expect([7, 8, 15, 16, 61, 1024].map((length) => mostLevels(length, 'sym8'))).toEqual([0, 0, 0, 0, 2, 6]);
  });

  it('leaves the details of a polynomial empty, up to the moments that vanish', () => {
    const cubic = Float64Array.from({ length: 64 }, (_, n) => ((n - 30) / 10) ** 3 - n / 7 + 2);
    const details = decompose(cubic, 'db4', 1)[1] ?? new Float64Array(0);
    // Away from the mirrored ends.
    for (const value of details.subarray(4, -4)) expect(Math.abs(value)).toBeLessThan(1e-9);
    expect(Math.max(...decompose(cubic, 'db3', 1)[1]!.subarray(4, -4).map(Math.abs))).toBeGreaterThan(1e-6);
  });
});
