/**
 * The recipe: how a window of samples becomes named features. A model package carries it, so that training, the editor
 * and the gateway prepare data in the same way. Safe in the browser.
 */
import { z } from 'zod';

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

export const MAX_CHANNELS = 64;
/** Samples in a window. */
export const MAX_LENGTH = 65_536;

const channelNames = z.array(z.string().min(1)).min(1).max(MAX_CHANNELS);

/** One feature a measure and channel, named `MEASURE_CHANNEL`. */
export const statisticsBlock = z.object({
  type: z.literal('statistics'),
  channels: channelNames,
  measures: z.array(z.enum(MEASURES)).min(1),
  /** `constant` subtracts the mean first: of an accelerometer that leaves the vibration without gravity. */
  detrend: z.enum(['none', 'constant']).default('none'),
});
export type StatisticsBlock = z.infer<typeof statisticsBlock>;

/** The RMS of each frequency band, in the channel's unit, named `band_LOW_HIGH_CHANNEL`. */
export const bandsBlock = z.object({
  type: z.literal('bands'),
  channels: channelNames,
  /** Hz, ascending: n edges make n - 1 bands. None above half the rate. */
  edges: z.array(z.number().nonnegative()).min(2).max(65),
});
export type BandsBlock = z.infer<typeof bandsBlock>;

export const block = z.discriminatedUnion('type', [statisticsBlock, bandsBlock]);
export type Block = z.infer<typeof block>;

/** How a stream of readings is cut into windows. */
export const recipe = z.object({
  channels: channelNames,
  /** Samples a second. */
  rate: z.number().positive(),
  /** Samples in a window. */
  length: z.number().int().min(2).max(MAX_LENGTH),
  /** Samples from the start of one window to the start of the next. */
  stride: z.number().int().min(1),
  /** Run in this order; the features stand in this order too. */
  blocks: z.array(block).min(1).max(64),
});
export type Recipe = z.infer<typeof recipe>;
