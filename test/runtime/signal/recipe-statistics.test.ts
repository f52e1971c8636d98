import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as numerics from '../../../runtime/numerics/index.ts';
import type { Measure } from '../../../runtime/signal/schema.ts';
import { featuresOf, windowOf } from './support.ts';

/** Each measure on its own, as numerics has it. */
const alone: Record<Measure, (samples: Float64Array) => number> = {
  mean: numerics.mean,
  std: numerics.standardDeviation,
  rms: numerics.rootMeanSquare,
  min: numerics.minimum,
  max: numerics.maximum,
  peak: numerics.peak,
  peak_to_peak: (samples) => numerics.maximum(samples) - numerics.minimum(samples),
  crest: (samples) => numerics.peak(samples) / (numerics.rootMeanSquare(samples) || 1),
  skewness: numerics.skewness,
  kurtosis: numerics.kurtosis,
};
const measures = Object.keys(alone) as Measure[];

it('statistics that are taken together have the bytes of each one taken alone', () => {
  const value = fc.oneof(fc.float({ noNaN: true, min: -1000, max: 1000 }), fc.constantFrom(0, -0));
  fc.assert(
    fc.property(
      fc.float32Array({ minLength: 2, maxLength: 200, noNaN: true, min: -1000, max: 1000 }),
      value,
      (x, offset) => {
        const shifted = x.map((each) => each + offset);
        for (const detrend of ['none', 'constant'] as const) {
          const features = featuresOf(
            [{ type: 'statistics', channels: ['x'], measures, detrend }],
            windowOf({ x: shifted }, 10),
          );
          const centre = numerics.mean(Float64Array.from(shifted));
          const samples = Float64Array.from(shifted, (each) => (detrend === 'constant' ? each - centre : each));
          for (const measure of measures) expect(features[`${measure}_x`]).toBe(alone[measure](samples));
        }
      },
    ),
  );
});
