import { zeroCrossings } from '../../../numerics/index.ts';
import type { PrepareBlock } from '../block.ts';
import { centred } from '../centre.ts';
import type { ZeroCrossingsBlock } from './schema.ts';

/** Zero crossings of each channel. */
export const prepareZeroCrossings: PrepareBlock<ZeroCrossingsBlock> = (block, { length, rate }) => {
  const { channels, detrend, deadBand } = block;
  const buffer = new Float64Array(length);
  return {
    names: channels.flatMap((channel) => [`zero_crossings_${channel}`, `zero_crossing_rate_${channel}`]),
    bytes: buffer.byteLength,
    run(columns, features, at) {
      let index = at;
      for (const channel of channels) {
        const samples = centred(columns.get(channel) as Float64Array, detrend, buffer);
        const crossings = zeroCrossings(samples, deadBand);
        features[index++] = crossings;
        features[index++] = (crossings * rate) / length;
      }
    },
  };
};
