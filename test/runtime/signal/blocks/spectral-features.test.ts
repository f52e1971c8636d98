import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { spectralFeaturesBlock } from '../../../../runtime/signal/schema.ts';
import { featuresOf, wavy, windowOf } from '../support.ts';

interface Reference {
  readonly sample_rate_hz: number;
  readonly axes: readonly string[];
  readonly signal: readonly (readonly number[])[];
  readonly cases: readonly {
    readonly parameters: {
      readonly filter_type: 'none' | 'low' | 'high';
      readonly filter_cutoff_hz: number;
      readonly filter_order: number;
      readonly fft_length: number;
      readonly log10: boolean;
      readonly overlap: boolean;
    };
    readonly labels: readonly string[];
    readonly features: readonly number[];
  }[];
}

const reference = JSON.parse(
  readFileSync(new URL('../data/spectral-features.json', import.meta.url), 'utf8'),
) as Reference;
const { axes, signal, sample_rate_hz: rate } = reference;
const window = windowOf(
  Object.fromEntries(axes.map((axis, index) => [axis, signal.map((sample) => sample[index] ?? NaN)])),
  rate,
);

/** The reference computes in 32 bits: 1e-4 relative or 1e-6 absolute, its skewness and kurtosis 1e-3. */
function expectClose(found: number, expected: number, label: string) {
  const isShape = /skew|kurt/i.test(label);
  const bound = isShape ? 1e-3 * Math.max(1, Math.abs(expected)) : Math.max(1e-4 * Math.abs(expected), 1e-6);
  expect(Math.abs(found - expected), `${label}: ${found} instead of ${expected}`).toBeLessThanOrEqual(bound);
}

describe('spectral features', () => {
  it.each(reference.cases)('are those of Edge Impulse: $parameters', ({ parameters, labels, features }) => {
    const block = spectralFeaturesBlock.parse({
      type: 'spectral-features',
      channels: axes,
      filter: parameters.filter_type,
      cutoff: parameters.filter_cutoff_hz,
      order: parameters.filter_order,
      size: parameters.fft_length,
      log: parameters.log10,
      overlap: parameters.overlap,
    });
    const found = Object.entries(featuresOf([block], window));
    expect(found).toHaveLength(features.length);
    found.forEach(([name, value], index) => {
      const label = labels[index % labels.length] ?? '';
      expectClose(value, features[index] ?? NaN, `${label} (${name})`);
    });
  });

  it('are named by what they are', () => {
    const block = spectralFeaturesBlock.parse({
      type: 'spectral-features',
      channels: ['accY'],
      filter: 'low',
      cutoff: 8,
    });
    expect(Object.keys(featuresOf([block], window))).toEqual([
      'signal_rms_accY',
      'signal_skewness_accY',
      'signal_kurtosis_accY',
      'spectrum_skewness_accY',
      'spectrum_kurtosis_accY',
      'spectrum_1.95_5.86_accY',
      'spectrum_5.86_9.77_accY',
    ]);
  });

  it.each([
    // Bins are 1 Hz wide and lie around whole frequencies: one whose edge is the cut-off is kept on either side of it.
    ['low', 2.5, ['0.5_1.5', '1.5_2.5', '2.5_3.5']],
    ['low', 2.49, ['0.5_1.5', '1.5_2.5']],
    ['high', 6.5, ['5.5_6.5', '6.5_7.5', '7.5_8.5']],
    ['high', 6.51, ['6.5_7.5', '7.5_8.5']],
  ] as const)('keep the bins that Edge Impulse keeps: %s-pass at %d Hz', (filter, cutoff, bins) => {
    const block = spectralFeaturesBlock.parse({ type: 'spectral-features', channels: ['x'], filter, cutoff, size: 16 });
    const names = Object.keys(featuresOf([block], windowOf({ x: wavy(64) }, 16)));
    expect(names.slice(5)).toEqual(bins.map((bin) => `spectrum_${bin}_x`));
  });

  it('refuse a cut-off that leaves no frequency', () => {
    const block = spectralFeaturesBlock.parse({
      type: 'spectral-features',
      channels: ['x'],
      filter: 'low',
      cutoff: 0.4,
    });
    expect(() => featuresOf([block], windowOf({ x: wavy(64) }, 16))).toThrow(
      expect.objectContaining({ code: 'RECIPE_INVALID', message: expect.stringContaining('from 0.5 Hz on') as string }),
    );
  });

  it('of a sensor at rest are those of no vibration, whatever it stands at', () => {
    for (const at of [9.81, -0.1, 1e6]) {
      const block = spectralFeaturesBlock.parse({ type: 'spectral-features', channels: ['x'], scale: 0.3 });
      const [rms, ...shape] = Object.values(featuresOf([block], windowOf({ x: new Float64Array(100).fill(at) }, 100)));
      expect([rms, ...shape.slice(0, 4)]).toEqual([0, 0, 0, 0, 0]);
      expect(new Set(shape.slice(4))).toEqual(new Set([-10]));
    }
  });

  it('of a sensor at rest are numbers', () => {
    const rest = windowOf({ x: new Float64Array(64).fill(1.5) }, 100);
    const block = spectralFeaturesBlock.parse({ type: 'spectral-features', channels: ['x'] });
    const found = featuresOf([block], rest);
    expect(found['signal_rms_x']).toBe(0);
    expect(found['signal_kurtosis_x']).toBe(0);
    expect(Object.values(found).every(Number.isFinite)).toBe(true);
  });

  it('refuse a cut-off above half the rate', () => {
    const block = spectralFeaturesBlock.parse({
      type: 'spectral-features',
      channels: ['accX'],
      filter: 'low',
      cutoff: 40,
    });
    expect(() => featuresOf([block], window)).toThrow(
      expect.objectContaining({
        code: 'RECIPE_INVALID',
        message: expect.stringContaining('blocks.0.cutoff') as string,
      }),
    );
  });
});
