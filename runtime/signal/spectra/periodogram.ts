import { createRealFourier, hann } from '../../numerics/index.ts';

/** A power spectral density of one length and rate, with its tables made. */
export interface Periodogram {
  /** Hz, from 0 to half the rate, equally spaced. */
  readonly frequencies: Float64Array;
  /** What its tables and its scratch hold. */
  readonly bytes: number;
  /**
   * Writes the density, in squared units of the signal per Hz, one value a frequency.
   *
   * @param from where in `samples` to begin
   */
  run(samples: Float64Array, density: Float64Array, from?: number): void;
}

/**
 * One-sided periodogram with a Hann window, the mean subtracted, padded with zeros.
 *
 * @param length samples
 * @param rate   Hz
 * @param size   of the transform, at least `length`. Default: the next power of two
 * @see agrees with scipy.signal.periodogram(window='hann', detrend='constant', scaling='density', nfft=size)
 */
export function createPeriodogram(length: number, rate: number, size = nextPowerOfTwo(length)): Periodogram {
  const fourier = createRealFourier(size);
  const { bins } = fourier;
  const window = hann(length);
  const scale = 1 / (rate * window.reduce((sum, weight) => sum + weight * weight, 0));
  const weighted = new Float64Array(size);
  const real = new Float64Array(bins);
  const imaginary = new Float64Array(bins);
  return {
    frequencies: Float64Array.from({ length: bins }, (_, bin) => (bin * rate) / size),
    bytes: fourier.bytes + window.byteLength + weighted.byteLength + 2 * real.byteLength,
    run(samples, density, from = 0) {
      let sum = 0;
      for (let n = 0; n < length; n++) sum += samples[from + n] as number;
      const centre = sum / length;
      for (let n = 0; n < length; n++) weighted[n] = ((samples[from + n] as number) - centre) * (window[n] as number);
      fourier.transform(weighted, real, imaginary);
      for (let bin = 0; bin < bins; bin++) {
        const re = real[bin] as number;
        const im = imaginary[bin] as number;
        // Every frequency but the first, and the last of an even size, stands for its negative too.
        const sides = bin === 0 || 2 * bin === size ? 1 : 2;
        density[bin] = (re * re + im * im) * scale * sides;
      }
    },
  };
}

const nextPowerOfTwo = (length: number) => 2 ** Math.ceil(Math.log2(length));
