import { createRealFourier } from '../../numerics/index.ts';
import { createFilterBank } from './filter-bank.ts';

export interface MelSettings {
  /** Samples in the window. */
  readonly length: number;
  /** Hz */
  readonly rate: number;
  /** Samples in a frame, and from one frame to the next. */
  readonly frame: number;
  readonly hop: number;
  /** Of the transform, at least `frame`. */
  readonly size: number;
  readonly filters: number;
  /** Hz */
  readonly low: number;
  readonly high: number;
  /** y[n] = x[n] - emphasis · x[n-1] */
  readonly emphasis: number;
}

/** The energy under each mel filter, frame by frame. */
export interface MelEnergies {
  readonly bytes: number;
  readonly frames: number;
  /** Hz, of each filter's middle. */
  readonly centres: Float64Array;
  readonly empty: readonly number[];
  /** Takes a window, before its frames are asked for. */
  load(samples: Float64Array): void;
  /** Writes the energies of one frame. @returns the energy of the whole frame */
  frame(index: number, energies: Float64Array): number;
}

/**
 * Frames without a window function; the last one is padded with zeros. Powers are |X|² / size, energies of 0 become the
 * smallest number that has a logarithm of use.
 *
 * @see python_speech_features.fbank, which it agrees with
 */
export function createMelEnergies(settings: MelSettings): MelEnergies {
  const { length, frame, hop, size, emphasis } = settings;
  const fourier = createRealFourier(size);
  const bank = createFilterBank(settings);
  const emphasised = new Float64Array(length);
  const padded = new Float64Array(size);
  const real = new Float64Array(fourier.bins);
  const imaginary = new Float64Array(fourier.bins);
  const powers = new Float64Array(fourier.bins);
  return {
    bytes: fourier.bytes + bank.bytes + emphasised.byteLength + padded.byteLength + 3 * powers.byteLength,
    frames: length <= frame ? 1 : 1 + Math.ceil((length - frame) / hop),
    centres: bank.centres,
    empty: bank.empty,
    load(samples) {
      emphasised[0] = samples[0] as number;
      for (let n = 1; n < length; n++) emphasised[n] = (samples[n] as number) - emphasis * (samples[n - 1] as number);
    },
    frame(index, energies) {
      const from = index * hop;
      for (let n = 0; n < size; n++) padded[n] = n < frame && from + n < length ? (emphasised[from + n] as number) : 0;
      fourier.transform(padded, real, imaginary);
      let whole = 0;
      for (let bin = 0; bin < powers.length; bin++) {
        const re = real[bin] as number;
        const im = imaginary[bin] as number;
        whole += powers[bin] = (re * re + im * im) / size;
      }
      bank.run(powers, energies);
      for (let filter = 0; filter < energies.length; filter++) energies[filter] = energies[filter] || Number.EPSILON;
      return whole || Number.EPSILON;
    },
  };
}
