import { errors } from '../../errors.ts';
import { createPeriodogram } from '../../spectra/periodogram.ts';
import type { PrepareBlock } from '../block.ts';
import type { BandsBlock } from './schema.ts';

/**
 * The RMS of each frequency band of each channel: the root of the power spectral density summed over the band. A band
 * takes its lower edge and leaves the upper one to the next; the last takes both.
 */
export const prepareBands: PrepareBlock<BandsBlock> = ({ channels, edges }, { length, rate }, path) => {
  const wrong = edges.findIndex((edge, index) => index > 0 && !(edge > (edges[index - 1] as number)));
  if (wrong > 0) {
    throw errors.RECIPE_INVALID({
      path: `${path}.edges.${wrong}`,
      problem: `${edges[wrong]} Hz is not above the edge before`,
    });
  }
  const top = edges[edges.length - 1] as number;
  if (top > rate / 2) {
    const problem = `${top} Hz is above half the rate of ${rate} samples a second`;
    throw errors.RECIPE_INVALID({ path: `${path}.edges.${edges.length - 1}`, problem });
  }
  const periodogram = createPeriodogram(length, rate);
  const { frequencies } = periodogram;
  const width = (frequencies[1] as number) - (frequencies[0] as number);
  const densities = channels.map((name) => ({ name, values: new Float64Array(frequencies.length) }));
  const first = (edge: number) => {
    const found = frequencies.findIndex((frequency) => frequency >= edge);
    return found < 0 ? frequencies.length : found;
  };
  const last = edges.length - 1;
  const bins = edges.map((edge, index) => first(edge) + (index === last && frequencies.includes(edge) ? 1 : 0));

  return {
    names: channels.flatMap((channel) =>
      edges.slice(1).map((edge, index) => `band_${edges[index] as number}_${edge}_${channel}`),
    ),
    bytes: periodogram.bytes + channels.length * frequencies.byteLength,
    picture: () => ({ unit: 'Hz', axis: frequencies, curves: densities }),
    run(columns, features, at) {
      let index = at;
      for (const { name, values: density } of densities) {
        periodogram.run(columns.get(name) as Float64Array, density);
        for (let band = 0; band < last; band++) {
          let power = 0;
          for (let bin = bins[band] as number; bin < (bins[band + 1] as number); bin++) power += density[bin] as number;
          features[index++] = Math.sqrt(power * width);
        }
      }
    },
  };
};
