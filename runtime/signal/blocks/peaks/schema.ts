import { z } from 'zod';
import { channelNames } from '../fields.ts';

/**
 * How many peaks a window has, and what they are like: `peaks_count`, `peaks_height` (mean), `peaks_interval` (mean, seconds) and
 * `peaks_prominence` (highest), each followed by `_CHANNEL`; 0 where there are none.
 */
export const peaksBlock = z.object({
  type: z.literal('peaks'),
  channels: channelNames,
  /** `constant`: heights above the mean. */
  detrend: z.enum(['none', 'constant']).default('constant'),
  /** At least so high; left out: any. */
  height: z.number().optional(),
  /** Seconds between two peaks, at least. */
  distance: z.number().nonnegative().default(0),
  /** At least so far above its surroundings. */
  prominence: z.number().nonnegative().default(0),
});
export type PeaksBlock = z.infer<typeof peaksBlock>;
