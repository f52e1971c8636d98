import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { spectralFeaturesBlock } from '../../../../runtime/signal/schema.ts';
import { featuresOf, windowOf } from '../support.ts';

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
