import { z } from 'zod';
import { channelNames } from '../fields.ts';
import { MEMORIES } from '../memory.ts';

/**
 * How strong a vibration is from moment to moment, without its swinging: knocks of a bearing stand out in it. The blocks after it
 * see that. It makes no features.
 */
export const envelopeBlock = z.object({
  type: z.literal('envelope'),
  channels: channelNames,
  /** `hilbert`: of the window as a whole; `rectify`: the amounts, smoothed by a low-pass, sample by sample. */
  method: z.enum(['hilbert', 'rectify']).default('hilbert'),
  /** Of `hilbert`: subtracts the mean first. */
  detrend: z.enum(['none', 'constant']).default('constant'),
  /** Hz, of `rectify`: what is faster is smoothed away. */
  cutoff: z.number().positive().default(5),
  /** Of `rectify`: `reset` begins each window anew, `carry` goes on from the window before. */
  state: z.enum(MEMORIES).default('reset'),
});
export type EnvelopeBlock = z.infer<typeof envelopeBlock>;
