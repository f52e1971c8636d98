import { turn } from '../turn.ts';
import type { InterleavedFourier } from './interleaved-fourier.ts';
import { createMixedRadix } from './mixed-radix.ts';

/**
 * A transform of any size, as a convolution with a chirp, for which transforms of a power of two serve.
 *
 * @param size at least 1
 * @see Bluestein (1970)
 */
export function createBluestein(size: number): InterleavedFourier {
  const padded = 2 ** Math.ceil(Math.log2(2 * size - 1));
  const fourier = createMixedRadix(padded);
  // e^(-πi n²/size); n² is taken modulo the period, or its angle would lose its last digits.
  const chirp = new Float64Array(2 * size);
  const both = new Float64Array(2 * padded);
  for (let n = 0; n < size; n++) {
    const { cos, sin } = turn((n * n) % (2 * size), 2 * size);
    const mirrored = (padded - n) % padded;
    chirp[2 * n] = both[2 * n] = both[2 * mirrored] = cos;
    chirp[2 * n + 1] = both[2 * n + 1] = both[2 * mirrored + 1] = sin;
  }
  const kernel = fourier.run(both).map((value) => value / padded);
  const product = new Float64Array(2 * padded);
  const result = new Float64Array(2 * size);

  return {
    size,
    bytes: chirp.byteLength + kernel.byteLength + product.byteLength + result.byteLength + fourier.bytes,
    run(values, from = 0) {
      for (let at = 0; at < 2 * size; at += 2) {
        const re = values[from + at] as number;
        const im = values[from + at + 1] as number;
        const cos = chirp[at] as number;
        const sin = chirp[at + 1] as number;
        product[at] = re * cos + im * sin;
        product[at + 1] = im * cos - re * sin;
      }
      product.fill(0, 2 * size);
      const spectrum = fourier.run(product);
      for (let at = 0; at < 2 * padded; at += 2) {
        const a = spectrum[at] as number;
        const b = spectrum[at + 1] as number;
        const c = kernel[at] as number;
        const d = kernel[at + 1] as number;
        // Conjugated, so that the next transform goes back.
        product[at] = a * c - b * d;
        product[at + 1] = -(a * d + b * c);
      }
      const back = fourier.run(product);
      for (let at = 0; at < 2 * size; at += 2) {
        const a = back[at] as number;
        const b = -(back[at + 1] as number);
        const cos = chirp[at] as number;
        const sin = chirp[at + 1] as number;
        result[at] = a * cos + b * sin;
        result[at + 1] = b * cos - a * sin;
      }
      return result;
    },
  };
}
