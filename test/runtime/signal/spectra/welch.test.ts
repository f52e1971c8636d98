import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWelch } from '../../../../runtime/signal/spectra/welch.ts';

interface Reference {
  readonly sample_rate_hz: number;
  readonly input: readonly number[];
  readonly welch: { readonly frequency_hz: readonly number[]; readonly density: readonly number[] };
}

const reference = JSON.parse(readFileSync(new URL('../data/filters.json', import.meta.url), 'utf8')) as Reference;
const { input, sample_rate_hz: rate } = reference;

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>) {
  expect(found.length).toBe(expected.length);
  for (let n = 0; n < expected.length; n++) {
    const wanted = expected[n] as number;
    expect(Math.abs((found[n] as number) - wanted)).toBeLessThanOrEqual(Math.max(1e-6 * Math.abs(wanted), 1e-9));
  }
}

describe('power spectral densities', () => {
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
