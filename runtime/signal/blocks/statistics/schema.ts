import { z } from 'zod';
import { channelNames } from '../fields.ts';

/** What a `statistics` block can measure of a channel. */
export const MEASURES = [
  'mean',
  'std',
  'rms',
  'min',
  'max',
  'peak',
  'peak_to_peak',
  'crest',
  'skewness',
  'kurtosis',
] as const;
export type Measure = (typeof MEASURES)[number];

/** One feature a measure and channel, named `MEASURE_CHANNEL`. */
export const statisticsBlock = z.object({
  type: z.literal('statistics'),
  channels: channelNames,
  measures: z.array(z.enum(MEASURES)).min(1),
  /** `constant` subtracts the mean first: of an accelerometer that leaves the vibration without gravity. */
  detrend: z.enum(['none', 'constant']).default('none'),
});
export type StatisticsBlock = z.infer<typeof statisticsBlock>;
