import { z } from 'zod';
import { channelNames } from '../fields.ts';

/** Puts log(|x| + floor) in the place of each sample: what spans many sizes becomes comparable. It makes no features. */
export const logBlock = z.object({
  type: z.literal('log'),
  channels: channelNames,
  base: z.enum(['10', 'e']).default('10'),
  /** Added before, so that 0 has a logarithm. */
  floor: z.number().positive().default(1e-6),
  /** Keeps the side: sign(x) · log(1 + |x| / floor). */
  signed: z.boolean().default(false),
});
export type LogBlock = z.infer<typeof logBlock>;
