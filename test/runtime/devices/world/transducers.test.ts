import { describe, expect, it } from 'vitest';
import { quantise } from '../../../../runtime/devices/index.ts';
import { createThreshold, TRANSDUCERS, transducerKinds } from '../../../../runtime/devices/world/transducers.ts';

describe('what turns the world into volts', () => {
  it.each([
    // A GL5528 has 15 kΩ at 10 lx: above 10 kΩ it leaves 2 of 5 V.
    ['light', 10, 2],
    ['light', 1000, 4.72],
    ['sunlight', 1000, 0.72],
    ['sunlight', 48_000, 3.61],
    ['tmp36', -40, 0.1],
    ['lm35', 100, 1],
  ] as const)('a %s at %d gives %d V', (kind, value, volts) => {
    expect(TRANSDUCERS[kind].volts(value)).toBeCloseTo(volts, 1);
  });

  it('is measured back by the formula that Johnny-Five has for the distance sensor', () => {
    for (const cm of [10, 25, 60, 80]) {
      const counts = quantise(TRANSDUCERS.gp2y0a21.volts(cm));
      expect((12_343.85 * counts ** -1.15) / cm).toBeCloseTo(1, 1);
    }
  });

  it.each(transducerKinds)('gives finite volts for whatever there is: %s', (kind) => {
    for (const value of [-1e6, -1, 0, 1e6]) expect(TRANSDUCERS[kind].volts(value)).toSatisfy(Number.isFinite);
  });

  it('keeps a level between its two thresholds', () => {
    const level = createThreshold(5, 4);
    expect([0, 4.5, 5, 4.5, 4, 3.9, 4.5].map(level)).toEqual([0, 0, 1, 1, 1, 0, 0]);
  });
});
