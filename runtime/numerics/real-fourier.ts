import { createBluestein } from './bluestein.ts';
import { createFourier } from './fourier.ts';
import { turn } from './turn.ts';

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
 * Of a power of two by one complex transform of half the size; of any other length by Bluestein's algorithm.
 *
 * @param size at least 1
 * @throws {RangeError} if it is no positive integer
 * @see Sorensen et al. (1987); agrees with numpy.fft.rfft
 */
export function createRealFourier(size: number): RealFourier {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`a Fourier transform of ${size}: no positive integer`);
  return size >= 2 && (size & (size - 1)) === 0 ? byHalves(size) : byBluestein(size);
}

function byHalves(size: number): RealFourier {
  const half = size >> 1;
  const fourier = createFourier(half);
  const re = new Float64Array(half);
  const im = new Float64Array(half);
  const cosines = new Float64Array(half);
  const sines = new Float64Array(half);
  for (let k = 0; k < half; k++) {
    const { cos, sin } = turn(k, size);
    cosines[k] = cos;
    sines[k] = sin;
  }
  return {
    size,
    bins: half + 1,
    bytes: 4 * re.byteLength + fourier.bytes,
    transform(values, real, imaginary, from = 0) {
      for (let n = 0, at = from; n < half; n++, at += 2) {
        re[n] = values[at] as number;
        im[n] = values[at + 1] as number;
      }
      fourier.transform(re, im);
      // The even values lie in the real part of the half-size transform, the odd ones in its imaginary part.
      const [r0, i0] = [re[0] as number, im[0] as number];
      real[0] = r0 + i0;
      real[half] = r0 - i0;
      imaginary[0] = imaginary[half] = 0;
      for (let k = 1; k < half; k++) {
        const a = re[k] as number;
        const b = im[k] as number;
        const c = re[half - k] as number;
        const d = im[half - k] as number;
        const oddRe = 0.5 * (b + d);
        const oddIm = 0.5 * (c - a);
        const cos = cosines[k] as number;
        const sin = sines[k] as number;
        real[k] = 0.5 * (a + c) + oddRe * cos + oddIm * sin;
        imaginary[k] = 0.5 * (b - d) + oddIm * cos - oddRe * sin;
      }
    },
  };
}

function byBluestein(size: number): RealFourier {
  const bluestein = createBluestein(size);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  const bins = (size >> 1) + 1;
  return {
    size,
    bins,
    bytes: 2 * re.byteLength + bluestein.bytes,
    transform(values, real, imaginary, from = 0) {
      for (let n = 0; n < size; n++) re[n] = values[from + n] as number;
      im.fill(0);
      bluestein.transform(re, im);
      for (let k = 0; k < bins; k++) {
        real[k] = re[k] as number;
        imaginary[k] = im[k] as number;
      }
    },
  };
}
