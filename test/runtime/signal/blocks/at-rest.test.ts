import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { block } from '../../../../runtime/signal/schema.ts';
import { featuresOf, windowOf } from '../support.ts';

const of = (more: object) => block.parse({ channels: ['x'], ...more });
/** Whatever a channel stands at and however it was scaled: sums of it are rounded, and must not be taken for a signal. */
const still = fc.record({
  at: fc.double({ min: -100, max: 100, noNaN: true }),
  factor: fc.double({ min: -3, max: 3, noNaN: true }),
  offset: fc.double({ min: -1, max: 1, noNaN: true }),
  length: fc.integer({ min: 8, max: 300 }),
});

/** The features of a channel at rest, after a scale block. */
function atRest(blocks: readonly object[], check: (features: Record<string, number>) => void) {
  fc.assert(
    fc.property(still, ({ at, factor, offset, length }) => {
      const window = windowOf({ x: new Float64Array(length).fill(at) }, 100);
      check(featuresOf([of({ type: 'scale', factor, offset }), ...blocks.map(of)], window));
    }),
  );
}

describe('a channel at rest', () => {
  it.each(['z-score', 'min-max', 'robust'])('is 0 when it is normalised by %s', (by) => {
    atRest(
      [
        { type: 'normalise', by },
        { type: 'statistics', measures: ['min', 'max'] },
      ],
      (features) => expect(Object.values(features).every((value) => value === 0)).toBe(true),
    );
  });

  it('has no spread and no shape', () => {
    const measures = ['std', 'peak_to_peak', 'skewness', 'kurtosis'];
    atRest([{ type: 'statistics', measures }], (features) =>
      expect(Object.values(features).every((value) => value === 0)).toBe(true),
    );
    atRest([{ type: 'statistics', measures: [...measures, 'rms', 'crest'], detrend: 'constant' }], (features) =>
      expect(Object.values(features).every((value) => value === 0)).toBe(true),
    );
    atRest([{ type: 'flatten', measures: ['stdev', 'skewness', 'kurtosis'] }], (features) =>
      expect(Object.values(features).every((value) => value === 0)).toBe(true),
    );
  });

  it('has no envelope, no peaks and no crossings', () => {
    atRest([{ type: 'envelope' }, { type: 'peaks' }, { type: 'zero-crossings' }], (features) =>
      expect(Object.values(features).every((value) => value === 0)).toBe(true),
    );
  });

  it('has all its energy in what the wavelets leave', () => {
    const measures = ['share', 'std', 'crossings', 'entropy', 'p5', 'median', 'p95'];
    const window = windowOf({ x: new Float64Array(64).fill(3) }, 100);
    const features = featuresOf([of({ type: 'wavelet', levels: 2, wavelet: 'sym4', measures })], window);
    expect(features['wavelet_a2_share_x']).toBeCloseTo(1, 12);
    for (const measure of ['share', 'std', 'crossings', 'p5', 'median', 'p95'])
      expect(features[`wavelet_d1_${measure}_x`], measure).toBeCloseTo(0, 12);
  });
});
