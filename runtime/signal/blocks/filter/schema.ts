import { z } from 'zod';
import { MAX_ORDER, PASSES } from '../../filters/design.ts';
import { channelNames } from '../fields.ts';
import { MEMORIES } from '../memory.ts';

/**
 * Lets through some frequencies of the channels and keeps back the others (Butterworth); the blocks after it see what is left.
 * It makes no features.
 */
export const filterBlock = z.object({
  type: z.literal('filter'),
  channels: channelNames,
  /** `low` keeps what is slower than the cut-off, `high` what is faster, `band` what lies between two, `stop` what does not. */
  pass: z.enum(PASSES),
  /** Hz: one, or two ascending for `band` and `stop`. Below half the rate. */
  cutoffs: z.array(z.number().positive()).min(1).max(2),
  /** How sharply it cuts. */
  order: z.number().int().min(1).max(MAX_ORDER).default(4),
  /** `reset` begins each window anew, `carry` goes on from the window before. */
  state: z.enum(MEMORIES).default('reset'),
  /** `steady` begins as if the signal had always stood at its first sample, `rest` as if it had been 0. */
  start: z.enum(['steady', 'rest']).default('steady'),
});
export type FilterBlock = z.infer<typeof filterBlock>;
