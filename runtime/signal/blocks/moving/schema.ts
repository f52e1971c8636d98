import { z } from 'zod';
import { MOVING_MEASURES } from '../../moving-measures.ts';
import { channelNames } from '../fields.ts';
import { MEMORIES } from '../memory.ts';

/**
 * Puts in the place of each sample a statistic of it and the samples right before it; the blocks after it see that. It makes no
 * features.
 */
export const movingBlock = z.object({
  type: z.literal('moving'),
  channels: channelNames,
  measure: z.enum(MOVING_MEASURES).default('mean'),
  /** Samples that count; the first ones of a window count fewer. */
  length: z.number().int().min(1).max(65_536).default(5),
  /** `reset` begins each window anew, `carry` goes on from the window before. */
  state: z.enum(MEMORIES).default('reset'),
});
export type MovingBlock = z.infer<typeof movingBlock>;
