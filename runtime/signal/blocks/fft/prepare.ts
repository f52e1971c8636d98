import { createRealFourier, hann } from '../../../numerics/index.ts';
import type { PrepareBlock } from '../block.ts';
import { centreOf } from '../centre.ts';
import { hertz } from '../hertz.ts';
import type { FftBlock } from './schema.ts';

/** One-sided amplitudes: a sine of amplitude 1 that fits the window a whole number of times gives 1 at its frequency. */
export const prepareFft: PrepareBlock<FftBlock> = ({ channels, detrend, window: kind }, { length, rate }) => {
  const fourier = createRealFourier(length);
  const { bins } = fourier;
  const weights = kind === 'hann' ? hann(length) : new Float64Array(length).fill(1);
  const gain = weights.reduce((sum, weight) => sum + weight, 0);
  const weighted = new Float64Array(length);
  const real = new Float64Array(bins);
  const imaginary = new Float64Array(bins);
  const amplitudes = channels.map((name) => ({ name, values: new Float64Array(bins) }));
  const axis = Float64Array.from({ length: bins }, (_, bin) => (bin * rate) / length);
  return {
    names: channels.flatMap((channel) =>
      Array.from(axis, (frequency) => `fft_${hertz(frequency, rate / length)}_${channel}`),
    ),
    bytes: fourier.bytes + weights.byteLength + weighted.byteLength + (2 + channels.length) * real.byteLength,
    picture: () => ({ unit: 'Hz', axis, curves: amplitudes }),
    run(columns, features, at) {
      let index = at;
      for (const { name, values } of amplitudes) {
        const column = columns.get(name) as Float64Array;
        const centre = detrend === 'constant' ? centreOf(column) : 0;
        for (let n = 0; n < length; n++) weighted[n] = ((column[n] as number) - centre) * (weights[n] as number);
        fourier.transform(weighted, real, imaginary);
        for (let bin = 0; bin < bins; bin++) {
          const re = real[bin] as number;
          const im = imaginary[bin] as number;
          const sides = bin === 0 || 2 * bin === length ? 1 : 2;
          values[bin] = (sides * Math.sqrt(re * re + im * im)) / gain;
        }
        features.set(values, index);
        index += bins;
      }
    },
  };
};
