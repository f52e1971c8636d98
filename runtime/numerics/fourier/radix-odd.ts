import { turn } from '../turn.ts';
import type { Pass, PassShape } from './pass.ts';
import { twiddles } from './twiddles.ts';

/**
 * Combines an odd number of values a time. Two that stand as far from the first, one on either side of it, share their products:
 * half as many as the definition has.
 */
export function radixOdd(radix: number, { groups, stride }: PassShape): Pass {
  const table = twiddles(radix, groups);
  const half = (radix - 1) / 2;
  const apart = 2 * groups * stride;
  const step = 2 * stride;
  const roots = Array.from({ length: radix }, (_, k) => turn(k, radix));
  const cosines = new Float64Array(half * half);
  const sines = new Float64Array(half * half);
  for (let j = 0; j < half; j++) {
    for (let k = 0; k < half; k++) {
      const root = roots[((j + 1) * (k + 1)) % radix];
      cosines[j * half + k] = root?.cos ?? NaN;
      sines[j * half + k] = root?.sin ?? NaN;
    }
  }
  // Of each two, their sum and their difference: real, imaginary, real, imaginary.
  const pairs = new Float64Array(4 * half);

  return (values, from, into) => {
    let read = from;
    let write = 0;
    for (let factor = 0; factor < table.length; factor += 2 * (radix - 1)) {
      for (const end = write + step; write < end; read += 2, write += 2) {
        const firstRe = values[read] as number;
        const firstIm = values[read + 1] as number;
        let allRe = firstRe;
        let allIm = firstIm;
        let [low, high] = [read + apart, read + (radix - 1) * apart];
        for (let k = 0; k < pairs.length; k += 4, low += apart, high -= apart) {
          const re = (values[low] as number) + (values[high] as number);
          const im = (values[low + 1] as number) + (values[high + 1] as number);
          pairs[k] = re;
          pairs[k + 1] = im;
          pairs[k + 2] = (values[low] as number) - (values[high] as number);
          pairs[k + 3] = (values[low + 1] as number) - (values[high + 1] as number);
          allRe += re;
          allIm += im;
        }
        into[write] = allRe;
        into[write + 1] = allIm;
        let root = 0;
        for (let j = 1; j <= half; j++) {
          let evenRe = firstRe;
          let evenIm = firstIm;
          let oddRe = 0;
          let oddIm = 0;
          for (let k = 0; k < pairs.length; k += 4, root++) {
            const cos = cosines[root] as number;
            const sin = sines[root] as number;
            evenRe += (pairs[k] as number) * cos;
            evenIm += (pairs[k + 1] as number) * cos;
            oddRe += (pairs[k + 3] as number) * sin;
            oddIm -= (pairs[k + 2] as number) * sin;
          }
          const near = factor + 2 * (j - 1);
          const far = factor + 2 * (radix - j - 1);
          put(into, write + j * step, evenRe + oddRe, evenIm + oddIm, table, near);
          put(into, write + (radix - j) * step, evenRe - oddRe, evenIm - oddIm, table, far);
        }
      }
      write += (radix - 1) * step;
    }
  };
}

/** Writes a value, turned back by its factor. */
function put(into: Float64Array, at: number, re: number, im: number, table: Float64Array, factor: number): void {
  const cos = table[factor] as number;
  const sin = table[factor + 1] as number;
  into[at] = re * cos + im * sin;
  into[at + 1] = im * cos - re * sin;
}
