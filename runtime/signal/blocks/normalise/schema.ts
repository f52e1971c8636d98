import { z } from 'zod';
import { channelNames } from '../fields.ts';

/**
 * Brings each channel of a window to a common size, so that only its shape counts: (x - centre) / spread. A channel that does not
 * move becomes 0. It makes no features.
 */
export const normaliseBlock = z.object({
  type: z.literal('normalise'),
  channels: channelNames,
  /**
   * `z-score`: by mean and standard deviation; `min-max`: from 0 to 1; `robust`: by median and interquartile range; `given`: by
   * the constants.
   */
  by: z.enum(['z-score', 'min-max', 'robust', 'given']).default('z-score'),
  /** Of `given`. */
  centre: z.number().default(0),
  spread: z.number().positive().default(1),
});
export type NormaliseBlock = z.infer<typeof normaliseBlock>;
