import type { Pass, PassShape } from './pass.ts';
import { twiddles } from './twiddles.ts';

/** Combines four values a time. */
export function radixFour({ groups, stride }: PassShape): Pass {
  const table = twiddles(4, groups);
  const apart = 2 * groups * stride;
  const step = 2 * stride;
  return stride === 1
    ? (values, from, into) => first(values, from, into, table, apart)
    : (values, from, into) => later(values, from, into, table, apart, step);
}

// Not inside the function above: what a function is given is faster than what it closes over.
function later(
  values: Float64Array,
  from: number,
  into: Float64Array,
  table: Float64Array,
  apart: number,
  step: number,
): void {
  let read = from;
  let write = 0;
  for (let factor = 0; factor < table.length; factor += 6) {
    const cos1 = table[factor] as number;
    const sin1 = table[factor + 1] as number;
    const cos2 = table[factor + 2] as number;
    const sin2 = table[factor + 3] as number;
    const cos3 = table[factor + 4] as number;
    const sin3 = table[factor + 5] as number;
    for (const end = write + step; write < end; read += 2, write += 2) {
      const b = read + apart;
      const c = b + apart;
      const d = c + apart;
      const v0Re = values[read] as number;
      const v0Im = values[read + 1] as number;
      const v1Re = values[b] as number;
      const v1Im = values[b + 1] as number;
      const v2Re = values[c] as number;
      const v2Im = values[c + 1] as number;
      const v3Re = values[d] as number;
      const v3Im = values[d + 1] as number;
      const evenRe = v0Re + v2Re;
      const evenIm = v0Im + v2Im;
      const aRe = v0Re - v2Re;
      const aIm = v0Im - v2Im;
      const oddRe = v1Re + v3Re;
      const oddIm = v1Im + v3Im;
      const bRe = v1Re - v3Re;
      const bIm = v1Im - v3Im;
      into[write] = evenRe + oddRe;
      into[write + 1] = evenIm + oddIm;
      const re1 = aRe + bIm;
      const im1 = aIm - bRe;
      const at1 = write + step;
      into[at1] = re1 * cos1 + im1 * sin1;
      into[at1 + 1] = im1 * cos1 - re1 * sin1;
      const re2 = evenRe - oddRe;
      const im2 = evenIm - oddIm;
      const at2 = at1 + step;
      into[at2] = re2 * cos2 + im2 * sin2;
      into[at2 + 1] = im2 * cos2 - re2 * sin2;
      const re3 = aRe - bIm;
      const im3 = aIm + bRe;
      const at3 = at2 + step;
      into[at3] = re3 * cos3 + im3 * sin3;
      into[at3 + 1] = im3 * cos3 - re3 * sin3;
    }
    write += 3 * step;
  }
}

/** The first pass, whose groups are single values: without the inner loop it takes a quarter less. */
function first(values: Float64Array, from: number, into: Float64Array, table: Float64Array, apart: number): void {
  let read = from;
  let write = 0;
  for (let factor = 0; factor < table.length; factor += 6) {
    const b = read + apart;
    const c = b + apart;
    const d = c + apart;
    const v0Re = values[read] as number;
    const v0Im = values[read + 1] as number;
    const v1Re = values[b] as number;
    const v1Im = values[b + 1] as number;
    const v2Re = values[c] as number;
    const v2Im = values[c + 1] as number;
    const v3Re = values[d] as number;
    const v3Im = values[d + 1] as number;
    const evenRe = v0Re + v2Re;
    const evenIm = v0Im + v2Im;
    const aRe = v0Re - v2Re;
    const aIm = v0Im - v2Im;
    const oddRe = v1Re + v3Re;
    const oddIm = v1Im + v3Im;
    const bRe = v1Re - v3Re;
    const bIm = v1Im - v3Im;
    into[write] = evenRe + oddRe;
    into[write + 1] = evenIm + oddIm;
    const re1 = aRe + bIm;
    const im1 = aIm - bRe;
    const cos1 = table[factor] as number;
    const sin1 = table[factor + 1] as number;
    into[write + 2] = re1 * cos1 + im1 * sin1;
    into[write + 3] = im1 * cos1 - re1 * sin1;
    const re2 = evenRe - oddRe;
    const im2 = evenIm - oddIm;
    const cos2 = table[factor + 2] as number;
    const sin2 = table[factor + 3] as number;
    into[write + 4] = re2 * cos2 + im2 * sin2;
    into[write + 5] = im2 * cos2 - re2 * sin2;
    const re3 = aRe - bIm;
    const im3 = aIm + bRe;
    const cos3 = table[factor + 4] as number;
    const sin3 = table[factor + 5] as number;
    into[write + 6] = re3 * cos3 + im3 * sin3;
    into[write + 7] = im3 * cos3 - re3 * sin3;
    read += 2;
    write += 8;
  }
}
