import { createFourier, hann, mean } from '../numerics/index.ts';

/** A power spectral density of one length and rate, with its tables made. */
export interface Periodogram {
  /** Hz, from 0 to half the rate, equally spaced. */
  readonly frequencies: Float64Array;
  /** What its tables and its scratch hold. */
  readonly bytes: number;
  /** Writes the density, in squared units of the signal per Hz, one value a frequency. */
  run(samples: Float64Array, density: Float64Array): void;
}

/**
 * One-sided periodogram with a Hann window, the mean subtracted, padded with zeros to the next power of two.
 *
 * @param length samples
 * @param rate   Hz
 * @see agrees with scipy.signal.periodogram(window='hann', detrend='constant', scaling='density', nfft=…)
 */
export function createPeriodogram(length: number, rate: number): Periodogram {
  const size = 2 ** Math.ceil(Math.log2(length));
  const fourier = createFourier(size);
  const window = hann(length);
  const scale = 1 / (rate * window.reduce((sum, weight) => sum + weight * weight, 0));
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  const bins = (size >> 1) + 1;
  return {
    frequencies: Float64Array.from({ length: bins }, (_, bin) => (bin * rate) / size),
    // Twiddle factors and bit reversal of the transform: two numbers a point each.
    bytes: window.byteLength + 4 * real.byteLength,
    run(samples, density) {
      const centre = mean(samples);
      real.fill(0);
      imaginary.fill(0);
      for (let n = 0; n < length; n++) real[n] = ((samples[n] as number) - centre) * (window[n] as number);
      fourier.transform(real, imaginary);
      for (let bin = 0; bin < bins; bin++) {
        const re = real[bin] as number;
        const im = imaginary[bin] as number;
        // Every frequency but the first and the last stands for its negative too.
        const sides = bin === 0 || bin === bins - 1 ? 1 : 2;
        density[bin] = (re * re + im * im) * scale * sides;
      }
    },
  };
}
