import { describe, expect, it } from 'vitest';
import { fromHalf, toHalf } from '../../../runtime/inference/half.ts';

/** The runtime's own, where it has one: since Node.js 24. */
interface Halves {
  readonly length: number;
  [index: number]: number;
}
type HalfArray = new (of: number | ArrayBuffer) => Halves & { readonly buffer: ArrayBuffer };
const Own = (globalThis as { Float16Array?: HalfArray }).Float16Array;

describe('16-bit floats', () => {
  it('come back from every one of their bits', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = fromHalf(bits);
      if (Number.isNaN(value)) expect(Number.isNaN(fromHalf(toHalf(value)))).toBe(true);
      else if (toHalf(value) !== bits) throw new Error(`${bits} becomes ${value} and then ${toHalf(value)}`);
    }
  });

  it('round to the nearest, ties to even', () => {
    // Between 2048 and 4096 every second whole number is one.
    expect([2049, 2051, 2049.1].map((value) => fromHalf(toHalf(value)))).toEqual([2048, 2052, 2050]);
    expect(fromHalf(toHalf(65519.9))).toBe(65504);
    expect(fromHalf(toHalf(65520))).toBe(Infinity);
    expect(fromHalf(toHalf(-1e9))).toBe(-Infinity);
    // Half of the smallest is a tie with 0.
    expect(toHalf(2 ** -25)).toBe(0);
    expect(toHalf(2 ** -25 * 1.001)).toBe(1);
    expect(Object.is(fromHalf(toHalf(-0)), -0)).toBe(true);
  });

  it.skipIf(!Own)('are those of the runtime', () => {
    if (!Own) return;
    const own = new Own(1);
    const bits = new Uint16Array(own.buffer);
    for (let i = 0; i < 200_000; i++) {
      // Of every magnitude, and many right beside ties and powers of two.
      const tie = (fromHalf(i % 0x7bff) + fromHalf((i % 0x7bff) + 1)) / 2;
      const value = [Math.sin(i) * 2 ** ((i % 60) - 35), tie, tie * (1 + 2 ** -52), tie * (1 - 2 ** -53)][i % 4] ?? 0;
      own[0] = value;
      if (bits[0] !== toHalf(value)) throw new Error(`${value} becomes ${toHalf(value)}, not ${bits[0]}`);
    }
  });
});
