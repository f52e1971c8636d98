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
    const small = fc.float({ min: -10, max: 10, noNaN: true });
    const large = fc.float({ min: -1e9, max: 1e9, noNaN: true });
    const values = fc.array(fc.oneof(small, large), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 20 }), (stream, length) => {
        const moving = createMoving(measure, length);
        stream.forEach((value, index) => {
          const last = Float64Array.from(stream.slice(Math.max(0, index + 1 - length), index + 1));
          const wanted = ofAll[measure](last);
          // A root makes a rounding error of 1e-16 one of 1e-8. What is gone from the window may have been as large as it liked.
          const bound = (measure === 'std' ? 1e-7 : 1e-12) * Math.max(...last.map(Math.abs));
          expect(Math.abs(moving.push(value) - wanted)).toBeLessThanOrEqual(bound);
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

  it('do not drift over ten million values', () => {
    const [average, spread] = [createMoving('mean', 100), createMoving('std', 100)];
    const wave = Float64Array.from({ length: 997 }, (_, n) => 20 + Math.sin(n * 0.7));
    const last = new Float64Array(100);
    let [found, deviation] = [NaN, NaN];
    for (let n = 0; n < 10_000_000; n++) {
      // A large step early on would stay in a sum that adds and subtracts.
      const value = (wave[n % 997] as number) + (n < 1000 ? 1e9 : 0);
      last[n % 100] = value;
      found = average.push(value);
      deviation = spread.push(value);
    }
    expect(found).toBeCloseTo(mean(last), 12);
    expect(deviation).toBeCloseTo(standardDeviation(last), 12);
  });

  it('forget what is gone at once, however large it was', () => {
    for (const measure of measures) {
      const moving = createMoving(measure, 5);
      for (const value of [1, 1e12, -1e9, 1, 2, 3, 4]) moving.push(value);
      expect(moving.push(5)).toBeCloseTo(ofAll[measure](Float64Array.of(1, 2, 3, 4, 5)), 14);
    }
  });
});
