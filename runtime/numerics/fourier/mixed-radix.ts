import type { InterleavedFourier } from './interleaved-fourier.ts';
import type { Pass, PassShape } from './pass.ts';
import { lastRadixEight } from './radix-eight.ts';
import { radixFour } from './radix-four.ts';
import { radixOdd } from './radix-odd.ts';
import { lastRadixTwo } from './radix-two.ts';

/** The work of a pass grows with its radix: above this one, Bluestein's algorithm has less. */
export const MAX_FACTOR = 61;

/**
 * Each pass reads one buffer and writes the other in the order that the next needs, so that nothing is put in order at the end.
 *
 * @param size a product of primes up to MAX_FACTOR
 * @see Stockham's form of Cooley and Tukey (1965), in Van Loan (1992), Computational Frameworks for the Fast Fourier Transform
 */
export function createMixedRadix(size: number): InterleavedFourier {
  const [one, other] = [new Float64Array(2 * size), new Float64Array(2 * size)];
  const passes: Pass[] = [];
  let factors = 0;
  let left = size;
  const add = (radix: number, make: (shape: PassShape) => Pass) => {
    const shape = { groups: left / radix, stride: size / left };
    passes.push(make(shape));
    factors += 16 * (radix - 1) * shape.groups;
    left /= radix;
  };
  for (let radix = 3; radix <= MAX_FACTOR; radix += 2) {
    while (left % radix === 0) add(radix, (shape) => radixOdd(radix, shape));
  }
  while (left > 8 || left === 4) add(4, radixFour);
  if (left === 8) add(8, ({ stride }) => lastRadixEight(stride));
  if (left === 2) add(2, ({ stride }) => lastRadixTwo(stride));

  return {
    size,
    bytes: 2 * one.byteLength + factors,
    run(values, from = 0) {
      let [read, write, spare] = [values, one, other];
      let at = from;
      for (const pass of passes) {
        pass(read, at, write);
        [read, write, spare] = [write, spare, write];
        at = 0;
      }
      if (passes.length > 0) return read;
      one.set(values.subarray(from, from + 2));
      return one;
    },
  };
}
