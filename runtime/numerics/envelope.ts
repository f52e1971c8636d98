import { createFourier } from './fourier/fourier.ts';

/**
 * Makes envelopes: the modulus of the analytic signal, whose spectrum is that of the values without its negative frequencies.
 *
 * @param length values
 * @see Gabor (1946); agrees with abs(scipy.signal.hilbert(values))
 */
export function createEnvelope(length: number) {
  const fourier = createFourier(length);
  const real = new Float64Array(length);
  const imaginary = new Float64Array(length);
  return {
    bytes: fourier.bytes + 2 * real.byteLength,
    /** @param into may be `values` itself */
    run(values: Float64Array, into: Float64Array): void {
      real.set(values);
      imaginary.fill(0);
      fourier.transform(real, imaginary);
      const half = length >> 1;
      for (let k = 1; k < length; k++) {
        const isMiddle = length % 2 === 0 && k === half;
        // Conjugated, so that the next transform goes back.
        const factor = isMiddle ? 1 : k <= (length - 1) >> 1 ? 2 : 0;
        real[k] = (real[k] as number) * factor;
        imaginary[k] = -(imaginary[k] as number) * factor;
      }
      imaginary[0] = -(imaginary[0] as number);
      fourier.transform(real, imaginary);
      for (let n = 0; n < length; n++) {
        const re = real[n] as number;
        const im = imaginary[n] as number;
        into[n] = Math.sqrt(re * re + im * im) / length;
      }
    },
  };
}
