import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createMoving,
  maximum,
  mean,
  minimum,
  type MovingMeasure,
  quantile,
  rootMeanSquare,
  standardDeviation,
} from '../../../runtime/numerics/index.ts';

const ofAll: Record<MovingMeasure, (values: Float64Array) => number> = {
  mean,
  std: standardDeviation,
  rms: rootMeanSquare,
  min: minimum,
  max: maximum,
  median: (values) => quantile(values.toSorted(), 0.5),
};
const measures = Object.keys(ofAll) as MovingMeasure[];

describe('moving statistics', () => {
  it.each(measures)('are those of the last values: %s', (measure) => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 20 }), (stream, length) => {
        const moving = createMoving(measure, length);
        stream.forEach((value, index) => {
          const last = Float64Array.from(stream.slice(Math.max(0, index + 1 - length), index + 1));
          const scale = Math.max(1, ...last.map(Math.abs));
          const wanted = ofAll[measure](last);
          // A root makes a rounding error of 1e-15 one of 3e-8.
          const bound = measure === 'std' || measure === 'rms' ? 1e-6 : 1e-9;
          expect(Math.abs(moving.push(value) - wanted)).toBeLessThanOrEqual(
            bound * Math.max(scale, ...stream.map(Math.abs)),
          );
        });
      }),
    );
  });

  it.each(measures)('begin anew when they are reset: %s', (measure) => {
    const [used, fresh] = [createMoving(measure, 7), createMoving(measure, 7)];
    for (let n = 0; n < 23; n++) used.push(Math.sin(n));
    used.reset();
    for (let n = 0; n < 23; n++) expect(used.push(Math.cos(n))).toBe(fresh.push(Math.cos(n)));
  });

  it('do not drift over millions of values', () => {
    const [average, spread] = [createMoving('mean', 100), createMoving('std', 100)];
    const last = new Float64Array(100);
    let [found, deviation] = [NaN, NaN];
    for (let n = 0; n < 3_000_000; n++) {
      // A large step early on would stay in a sum that only adds and subtracts.
      const value = (n < 1000 ? 1e9 : 20) + Math.sin(n * 0.7);
      last[n % 100] = value;
      found = average.push(value);
      deviation = spread.push(value);
    }
    expect(found).toBeCloseTo(mean(last), 9);
    expect(deviation).toBeCloseTo(standardDeviation(last), 9);
  });
});
