import { createPeriodogram } from './periodogram.ts';

export interface WelchSettings {
  /** Samples in a segment. */
  readonly segment: number;
  /** Samples that a segment shares with the one before; less than `segment`. */
  readonly overlap: number;
  /** Hz */
  readonly rate: number;
}

/** A power spectral density that is averaged over segments as samples come. */
export interface Welch {
  /** Hz, from 0 to half the rate. */
  readonly frequencies: Float64Array;
  readonly bytes: number;
  /** Whole segments so far; before the first there is no density. */
  readonly segments: number;
  /** Writes the density of the one segment that begins at `from`. */
  segment(samples: Float64Array, from: number, density: Float64Array): void;
  /** Takes the density of the next segment. */
  add(density: Float64Array): void;
  /** Takes samples, as many as come. */
  push(samples: ArrayLike<number>): void;
  /** Writes the mean over the segments so far, in squared units per Hz; zeros before the first. */
  density(into: Float64Array): void;
  reset(): void;
}

/**
 * Welch's method: Hann window, the mean of each segment subtracted, one-sided density. A rest that fills no segment waits for
 * more.
 *
 * @see Welch (1967); agrees with scipy.signal.welch(window='hann', nperseg, noverlap, detrend='constant')
 */
export function createWelch({ segment, overlap, rate }: WelchSettings): Welch {
  const periodogram = createPeriodogram(segment, rate, segment);
  const { frequencies } = periodogram;
  const held = new Float64Array(segment);
  const density = new Float64Array(frequencies.length);
  const sums = new Float64Array(frequencies.length);
  let count = 0;
  let segments = 0;

  const add = (of: Float64Array) => {
    for (let bin = 0; bin < sums.length; bin++) sums[bin] = (sums[bin] as number) + (of[bin] as number);
    segments++;
  };

  return {
    frequencies,
    bytes: periodogram.bytes + held.byteLength + 2 * sums.byteLength,
    get segments() {
      return segments;
    },
    segment: (samples, from, into) => periodogram.run(samples, into, from),
    add,
    push(samples) {
      for (let n = 0; n < samples.length; n++) {
        held[count++] = samples[n] as number;
        if (count < segment) continue;
        periodogram.run(held, density);
        add(density);
        held.copyWithin(0, segment - overlap);
        count = overlap;
      }
    },
    density(into) {
      for (let bin = 0; bin < sums.length; bin++) into[bin] = segments > 0 ? (sums[bin] as number) / segments : 0;
    },
    reset() {
      count = segments = 0;
      sums.fill(0);
    },
  };
}
