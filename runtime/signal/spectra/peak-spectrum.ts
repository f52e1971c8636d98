import { createRealFourier } from '../../numerics/index.ts';

/** The highest power of each frequency over the frames of a window, with its tables made. */
export interface PeakSpectrum {
  /** ⌊size / 2⌋ + 1 */
  readonly bins: number;
  readonly bytes: number;
  /** Writes |X|² / size, the highest over all frames. The last frames are padded with zeros. */
  run(samples: Float64Array, powers: Float64Array): void;
}

/**
 * Frames of `size` samples, each half a frame after the one before where they overlap; no window function.
 *
 * @param length samples that it is given
 * @param size   of a frame
 * @see "max-hold" of Edge Impulse's spectral analysis block, implementation version 4
 */
export function createPeakSpectrum(length: number, size: number, overlapping: boolean): PeakSpectrum {
  const fourier = createRealFourier(size);
  const { bins } = fourier;
  const hop = overlapping ? size - (size >> 1) : size;
  const frame = new Float64Array(size);
  const real = new Float64Array(bins);
  const imaginary = new Float64Array(bins);
  return {
    bins,
    bytes: fourier.bytes + frame.byteLength + 2 * real.byteLength,
    run(samples, powers) {
      powers.fill(0);
      for (let from = 0; from < length; from += hop) {
        if (from + size <= length) fourier.transform(samples, real, imaginary, from);
        else {
          for (let n = 0; n < size; n++) frame[n] = from + n < length ? (samples[from + n] as number) : 0;
          fourier.transform(frame, real, imaginary);
        }
        for (let bin = 0; bin < bins; bin++) {
          const re = real[bin] as number;
          const im = imaginary[bin] as number;
          const power = (re * re + im * im) / size;
          if (power > (powers[bin] as number)) powers[bin] = power;
        }
      }
    },
  };
}
