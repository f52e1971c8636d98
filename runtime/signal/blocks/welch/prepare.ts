import { errors } from '../../errors.ts';
import { createWelch } from '../../spectra/welch.ts';
import type { PrepareBlock } from '../block.ts';
import { hertz } from '../hertz.ts';
import { createSegmentMemory } from './segment-memory.ts';
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
  const hop = segment - overlap;
  const lanes = channels.map((name) => ({
    ...{ name, values: new Float64Array(frequencies.length) },
    segments: createSegmentMemory({
      length,
      hop,
      bins: frequencies.length,
      count: 1 + Math.floor((length - segment) / hop),
    }),
  }));
  return {
    names: channels.flatMap((channel) =>
      Array.from(frequencies, (frequency) => `psd_${hertz(frequency, rate / segment)}_${channel}`),
    ),
    bytes: lanes.reduce((sum, { segments, values }) => sum + segments.bytes + values.byteLength, welch.bytes),
    follows: channels,
    picture: () => ({ unit: 'Hz', axis: frequencies, curves: lanes }),
    run(columns, features, at, step) {
      let index = at;
      for (const { name, values, segments } of lanes) {
        const column = columns.get(name) as Float64Array;
        const known = segments.move(column, step);
        welch.reset();
        segments.densities.forEach((density, place) => {
          if (place >= known) welch.segment(column, place * hop, density);
          welch.add(density);
        });
        welch.density(values);
        features.set(values, index);
        index += values.length;
      }
    },
  };
};
