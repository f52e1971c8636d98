import { z } from 'zod';
import { channelNames } from '../fields.ts';

/** How often a signal changes its side: `zero_crossings_CHANNEL`, and per second `zero_crossing_rate_CHANNEL`. */
export const zeroCrossingsBlock = z.object({
  type: z.literal('zero-crossings'),
  channels: channelNames,
  /** `constant`: of its mean rather than of 0. */
  detrend: z.enum(['none', 'constant']).default('constant'),
  /** So far beyond it a sample must lie to count: noise makes no crossings. */
  deadBand: z.number().nonnegative().default(0),
});
export type ZeroCrossingsBlock = z.infer<typeof zeroCrossingsBlock>;
