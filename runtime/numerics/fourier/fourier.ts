import { createInterleavedFourier } from './interleaved-fourier.ts';

/** A discrete Fourier transform of one size, with its tables made. */
export interface Fourier {
  readonly size: number;
  /** What its tables and its scratch hold. */
  readonly bytes: number;
  /** Transforms in place: X[k] = Σ x[n] e^(-2πi kn/size). */
  transform(real: Float64Array, imaginary: Float64Array): void;
}

/**
 * A fast Fourier transform of complex values.
 *
 * @param size at least 1; fastest are products of 2, 3 and 5
 * @throws {RangeError} if it is no positive integer
 * @see agrees with numpy.fft.fft
 */
export function createFourier(size: number): Fourier {
  const fourier = createInterleavedFourier(size);
  const values = new Float64Array(2 * size);
  return {
    size,
    bytes: values.byteLength + fourier.bytes,
    transform(real, imaginary) {
      for (let n = 0; n < size; n++) {
        values[2 * n] = real[n] as number;
        values[2 * n + 1] = imaginary[n] as number;
      }
      const spectrum = fourier.run(values);
      for (let k = 0; k < size; k++) {
        real[k] = spectrum[2 * k] as number;
        imaginary[k] = spectrum[2 * k + 1] as number;
      }
    },
  };
}
