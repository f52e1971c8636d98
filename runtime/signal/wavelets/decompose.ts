import { mirrored } from '../../numerics/index.ts';
import { SCALING_FILTERS } from './scaling-filters.ts';
import type { Wavelet } from './wavelets.ts';

/** A wavelet decomposition of one length, with its buffers made. */
export interface Decomposition {
  readonly bytes: number;
  /** The approximation of the last level, then the details from the last level to the first. */
  readonly parts: readonly Float64Array[];
  /** Fills the parts. */
  run(values: Float64Array): void;
}

/** The most levels at which the wavelet still fits: below, its filter is longer than what it is given. */
export function mostLevels(length: number, wavelet: Wavelet): number {
  const { length: taps } = SCALING_FILTERS[wavelet];
  return length < taps - 1 ? 0 : Math.floor(Math.log2(length / (taps - 1)));
}

/**
 * Multilevel discrete wavelet transform (Mallat). At its ends the signal is mirrored, the last value twice.
 *
 * @param levels 1 … mostLevels
 * @see Mallat (1989); agrees with pywt.wavedec(values, wavelet, mode='symmetric', level=levels)
 */
export function createDecomposition(length: number, wavelet: Wavelet, levels: number): Decomposition {
  const scaling = SCALING_FILTERS[wavelet];
  const taps = scaling.length;
  const low = Float64Array.from(scaling).reverse();
  const high = Float64Array.from(scaling, (value, n) => (n % 2 === 0 ? -value : value));
  const lengths: number[] = [];
  for (let level = 0, at = length; level < levels; level++) lengths.push((at = (at + taps - 1) >> 1));
  const details = lengths.map((size) => new Float64Array(size));
  const approximations = lengths.map((size) => new Float64Array(size));

  const split = (values: Float64Array, approximation: Float64Array, detail: Float64Array) => {
    for (let k = 0; k < approximation.length; k++) {
      let smooth = 0;
      let rough = 0;
      for (let j = 0; j < taps; j++) {
        const value = values[mirrored(2 * k + 1 - j, values.length)] as number;
        smooth += (low[j] as number) * value;
        rough += (high[j] as number) * value;
      }
      approximation[k] = smooth;
      detail[k] = rough;
    }
  };

  return {
    bytes: [...details, ...approximations, low, high].reduce((sum, { byteLength }) => sum + byteLength, 0),
    parts: [approximations.at(-1) as Float64Array, ...details.toReversed()],
    run(values) {
      let from = values;
      details.forEach((detail, level) => {
        const approximation = approximations[level] as Float64Array;
        split(from, approximation, detail);
        from = approximation;
      });
    },
  };
}
