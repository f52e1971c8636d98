import type { PrepareBlock } from '../block.ts';
import { centreOf } from '../centre.ts';
import { MEASURE } from './measure.ts';
import type { StatisticsBlock } from './schema.ts';
import { emptySummary, summarise } from './summary.ts';

/** Each measure of each channel: all measures of the first channel, then those of the next. */
export const prepareStatistics: PrepareBlock<StatisticsBlock> = ({ channels, measures, detrend }) => {
  const summary = emptySummary();
  const take = measures.map((measure) => MEASURE[measure]);
  return {
    names: channels.flatMap((channel) => measures.map((measure) => `${measure}_${channel}`)),
    bytes: 8 * Object.keys(summary).length,
    run(columns, features, at) {
      let index = at;
      for (const channel of channels) {
        const samples = columns.get(channel) as Float64Array;
        summarise(samples, detrend === 'constant' ? centreOf(samples) : 0, summary);
        for (const measure of take) features[index++] = measure(summary);
      }
    },
  };
};
