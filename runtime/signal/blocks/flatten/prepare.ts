import type { PrepareBlock } from '../block.ts';
import { MEASURE } from '../statistics/measure.ts';
import type { Measure } from '../statistics/schema.ts';
import { emptySummary, summarise } from '../statistics/summary.ts';
import type { FlattenBlock, FlattenMeasure } from './schema.ts';

const OURS: Readonly<Record<FlattenMeasure, Measure>> = {
  average: 'mean',
  minimum: 'min',
  maximum: 'max',
  rms: 'rms',
  stdev: 'std',
  skewness: 'skewness',
  kurtosis: 'kurtosis',
};

/** Statistics of each scaled channel. */
export const prepareFlatten: PrepareBlock<FlattenBlock> = ({ channels, scale, measures }, { length }) => {
  const scaled = new Float64Array(length);
  const summary = emptySummary();
  return {
    names: channels.flatMap((channel) => measures.map((measure) => `flat_${measure}_${channel}`)),
    bytes: scaled.byteLength,
    run(columns, features, at) {
      let index = at;
      for (const channel of channels) {
        const column = columns.get(channel) as Float64Array;
        for (let n = 0; n < length; n++) scaled[n] = (column[n] as number) * scale;
        summarise(scaled, 0, summary);
        for (const measure of measures) features[index++] = MEASURE[OURS[measure]](summary);
      }
    },
  };
};
