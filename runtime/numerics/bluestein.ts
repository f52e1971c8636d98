import { createFourier, type Fourier } from './fourier.ts';
import { turn } from './turn.ts';

/**
 * A discrete Fourier transform of any length, as a convolution with a chirp, for which transforms of a power of two serve.
 *
 * @param size at least 1
 * @see Bluestein (1970)
 */
export function createBluestein(size: number): Fourier {
  const padded = 2 ** Math.ceil(Math.log2(2 * size - 1));
  const fourier = createFourier(padded);
  // e^(-πi n²/size); n² is taken modulo the period, or its angle would lose its last digits.
  const cosines = new Float64Array(size);
  const sines = new Float64Array(size);
  const chirpRe = new Float64Array(padded);
  const chirpIm = new Float64Array(padded);
  for (let n = 0; n < size; n++) {
    const { cos, sin } = turn((n * n) % (2 * size), 2 * size);
    cosines[n] = cos;
    sines[n] = sin;
    chirpRe[n] = chirpRe[(padded - n) % padded] = cos;
    chirpIm[n] = chirpIm[(padded - n) % padded] = sin;
  }
  fourier.transform(chirpRe, chirpIm);
  const re = new Float64Array(padded);
  const im = new Float64Array(padded);

  return {
    size,
    bytes: 2 * cosines.byteLength + 4 * re.byteLength + fourier.bytes,
    transform(real, imaginary) {
      re.fill(0);
      im.fill(0);
      for (let n = 0; n < size; n++) {
        const cos = cosines[n] as number;
        const sin = sines[n] as number;
        re[n] = (real[n] as number) * cos + (imaginary[n] as number) * sin;
        im[n] = (imaginary[n] as number) * cos - (real[n] as number) * sin;
      }
      fourier.transform(re, im);
      for (let k = 0; k < padded; k++) {
        const a = re[k] as number;
        const b = im[k] as number;
        // Conjugated, so that the next transform goes back.
        re[k] = a * (chirpRe[k] as number) - b * (chirpIm[k] as number);
        im[k] = -(a * (chirpIm[k] as number) + b * (chirpRe[k] as number));
      }
      fourier.transform(re, im);
      for (let k = 0; k < size; k++) {
        const a = (re[k] as number) / padded;
        const b = -(im[k] as number) / padded;
        const cos = cosines[k] as number;
        const sin = sines[k] as number;
        real[k] = a * cos + b * sin;
        imaginary[k] = b * cos - a * sin;
      }
    },
  };
}
