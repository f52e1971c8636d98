import { z } from 'zod';
import { channelNames } from '../fields.ts';

/** What a `flatten` block can measure, in the words of Edge Impulse. */
export const FLATTEN_MEASURES = ['average', 'minimum', 'maximum', 'rms', 'stdev', 'skewness', 'kurtosis'] as const;
export type FlattenMeasure = (typeof FLATTEN_MEASURES)[number];

/**
 * A slow signal in single values, in the form of Edge Impulse's flatten block: `flat_MEASURE_CHANNEL`.
 *
 * @see Edge Impulse processing-blocks, flatten
 */
export const flattenBlock = z.object({
  type: z.literal('flatten'),
  channels: channelNames,
  /** Factor for the samples. */
  scale: z.number().default(1),
  measures: z
    .array(z.enum(FLATTEN_MEASURES))
    .min(1)
    .default([...FLATTEN_MEASURES]),
});
export type FlattenBlock = z.infer<typeof flattenBlock>;
