import { turn } from '../turn.ts';
import { createInterleavedFourier } from './interleaved-fourier.ts';

/** A discrete Fourier transform of real values of one length, with its tables made. */
export interface RealFourier {
  /** Values that it takes. */
  readonly size: number;
  /** Frequencies that it gives, from 0 to half the rate: ⌊size / 2⌋ + 1. */
  readonly bins: number;
  /** What its tables and its scratch hold. */
  readonly bytes: number;
  /**
   * X[k] = Σ x[n] e^(-2πi kn/size) for k up to half the size; the others are their conjugates.
   *
   * @param values    at least `size`, left as they are
   * @param real      at least `bins`, written
   * @param imaginary at least `bins`, written
   * @param from      where in `values` to begin
   */
  transform(values: ArrayLike<number>, real: Float64Array, imaginary: Float64Array, from?: number): void;
}

/**
 * Of an even size by one complex transform of half the size.
 *
 * @param size at least 1; fastest are products of 2, 3 and 5
 * @throws {RangeError} if it is no positive integer
 * @see Sorensen et al. (1987); agrees with numpy.fft.rfft
 */
export function createRealFourier(size: number): RealFourier {
  return size % 2 === 0 && size > 0 ? ofEven(size) : ofOdd(size);
}

function ofEven(size: number): RealFourier {
  const half = size / 2;
  const fourier = createInterleavedFourier(half);
  const copy = new Float64Array(size);
  // Half of the cosine and the sine of each frequency up to a quarter of the rate.
  const turns = new Float64Array(2 * ((half >> 1) + 1));
  for (let k = 0; 2 * k < turns.length; k++) {
    const { cos, sin } = turn(k, size);
    turns[2 * k] = cos / 2;
    turns[2 * k + 1] = sin / 2;
  }
  return {
    size,
    bins: half + 1,
    bytes: copy.byteLength + turns.byteLength + fourier.bytes,
    transform(values, real, imaginary, from = 0) {
      const halves =
        values instanceof Float64Array ? fourier.run(values, from) : fourier.run(copied(values, from, copy));
      const firstRe = halves[0] as number;
      const firstIm = halves[1] as number;
      real[0] = firstRe + firstIm;
      real[half] = firstRe - firstIm;
      imaginary[0] = imaginary[half] = 0;
      // The even values lie in the real part of the half-size transform, the odd ones in its imaginary part: two frequencies
      // that lie as far from either end tell them apart.
      for (let k = 1, l = half - 1; k <= l; k++, l--) {
        const a = halves[2 * k] as number;
        const b = halves[2 * k + 1] as number;
        const c = halves[2 * l] as number;
        const d = halves[2 * l + 1] as number;
        const evenRe = 0.5 * (a + c);
        const evenIm = 0.5 * (b - d);
        const cos = turns[2 * k] as number;
        const sin = turns[2 * k + 1] as number;
        const oddRe = (b + d) * cos + (c - a) * sin;
        const oddIm = (c - a) * cos - (b + d) * sin;
        real[k] = evenRe + oddRe;
        imaginary[k] = evenIm + oddIm;
        real[l] = evenRe - oddRe;
        imaginary[l] = oddIm - evenIm;
      }
    },
  };
}

function copied(values: ArrayLike<number>, from: number, into: Float64Array): Float64Array {
  for (let n = 0; n < into.length; n++) into[n] = values[from + n] as number;
  return into;
}

function ofOdd(size: number): RealFourier {
  const fourier = createInterleavedFourier(size);
  const complex = new Float64Array(2 * size);
  const bins = ((size - 1) >> 1) + 1;
  return {
    size,
    bins,
    bytes: complex.byteLength + fourier.bytes,
    transform(values, real, imaginary, from = 0) {
      for (let n = 0; n < size; n++) complex[2 * n] = values[from + n] as number;
      const spectrum = fourier.run(complex);
      for (let k = 0; k < bins; k++) {
        real[k] = spectrum[2 * k] as number;
        imaginary[k] = spectrum[2 * k + 1] as number;
      }
    },
  };
}
