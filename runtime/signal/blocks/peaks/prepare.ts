import { createPeakFinder } from '../../../numerics/index.ts';
import type { PrepareBlock } from '../block.ts';
import { centred } from '../centre.ts';
import type { PeaksBlock } from './schema.ts';

/** Peaks of each channel. */
export const preparePeaks: PrepareBlock<PeaksBlock> = (block, { length, rate }) => {
  const { channels, detrend, height, prominence } = block;
  const distance = Math.max(1, Math.ceil(block.distance * rate));
  const finder = createPeakFinder(length, { distance, prominence, ...(height !== undefined && { height }) });
  const { places, prominences } = finder;
  const buffer = new Float64Array(length);
  return {
    names: channels.flatMap((channel) =>
      ['count', 'height', 'interval', 'prominence'].map((measure) => `peaks_${measure}_${channel}`),
    ),
    bytes: finder.bytes + buffer.byteLength,
    run(columns, features, at) {
      let index = at;
      for (const channel of channels) {
        const samples = centred(columns.get(channel) as Float64Array, detrend, buffer);
        const count = finder.find(samples);
        let heights = 0;
        let highest = 0;
        for (let peak = 0; peak < count; peak++) {
          heights += samples[places[peak] as number] as number;
          highest = Math.max(highest, prominences[peak] as number);
        }
        const span = count > 1 ? (places[count - 1] as number) - (places[0] as number) : 0;
        features[index++] = count;
        features[index++] = count > 0 ? heights / count : 0;
        features[index++] = count > 1 ? span / (count - 1) / rate : 0;
        features[index++] = highest;
      }
    },
  };
};
