import {
  kurtosis,
  maximum,
  mean,
  minimum,
  peak,
  rootMeanSquare,
  skewness,
  standardDeviation,
} from '../../../numerics/index.ts';
import type { PrepareBlock } from '../block.ts';
import type { Measure, StatisticsBlock } from './schema.ts';

export const MEASURE: Readonly<Record<Measure, (samples: Float64Array) => number>> = {
  mean,
  std: standardDeviation,
  rms: rootMeanSquare,
  min: minimum,
  max: maximum,
  peak,
  peak_to_peak: (samples) => maximum(samples) - minimum(samples),
  // Of silence 0, not NaN: a sensor at rest is no error.
  crest: (samples) => peak(samples) / (rootMeanSquare(samples) || 1),
  skewness,
  kurtosis,
};

/** Each measure of each channel: all measures of the first channel, then those of the next. */
export const prepareStatistics: PrepareBlock<StatisticsBlock> = (block, recipe) => {
  const centred = new Float64Array(recipe.length);
  return {
    names: block.channels.flatMap((channel) => block.measures.map((measure) => `${measure}_${channel}`)),
    bytes: centred.byteLength,
    run(columns, features, at) {
      let index = at;
      for (const channel of block.channels) {
        let samples = columns.get(channel) as Float64Array;
        if (block.detrend === 'constant') {
          const centre = mean(samples);
          for (let n = 0; n < samples.length; n++) centred[n] = (samples[n] as number) - centre;
          samples = centred;
        }
        for (const measure of block.measures) features[index++] = MEASURE[measure](samples);
      }
    },
  };
};
