import { z } from 'zod';
import { channelNames } from '../fields.ts';

/** Puts x · factor + offset in the place of each sample: another unit. It makes no features. */
export const scaleBlock = z.object({
  type: z.literal('scale'),
  channels: channelNames,
  factor: z.number().default(1),
  offset: z.number().default(0),
});
export type ScaleBlock = z.infer<typeof scaleBlock>;
