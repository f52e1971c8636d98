import { errors } from '../../errors.ts';
import { createWelch } from '../../spectra/welch.ts';
import type { PrepareBlock } from '../block.ts';
import { hertz } from '../hertz.ts';
import type { WelchBlock } from './schema.ts';

/** Welch's power spectral density of each channel, in its unit squared per Hz. */
export const prepareWelch: PrepareBlock<WelchBlock> = ({ channels, segment, overlap }, { length, rate }, path) => {
  if (segment > length) {
    const problem = `a segment of ${segment} samples is longer than the window of ${length}`;
    throw errors.RECIPE_INVALID({ path: `${path}.segment`, problem });
  }
  if (overlap >= segment) {
    const problem = `an overlap of ${overlap} samples is not less than the segment of ${segment}`;
    throw errors.RECIPE_INVALID({ path: `${path}.overlap`, problem });
  }
  const welch = createWelch({ segment, overlap, rate });
  const { frequencies } = welch;
  const densities = channels.map((name) => ({ name, values: new Float64Array(frequencies.length) }));
  return {
    names: channels.flatMap((channel) =>
      Array.from(frequencies, (frequency) => `psd_${hertz(frequency, rate / segment)}_${channel}`),
    ),
    bytes: welch.bytes + channels.length * frequencies.byteLength,
    picture: () => ({ unit: 'Hz', axis: frequencies, curves: densities }),
    run(columns, features, at) {
      let index = at;
      for (const { name, values } of densities) {
        welch.reset();
        welch.push(columns.get(name) as Float64Array);
        welch.density(values);
        features.set(values, index);
        index += values.length;
      }
    },
  };
};
