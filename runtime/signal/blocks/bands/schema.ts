import { z } from 'zod';
import { channelNames } from '../fields.ts';

/** The RMS of each frequency band, in the channel's unit, named `band_LOW_HIGH_CHANNEL`. */
export const bandsBlock = z.object({
  type: z.literal('bands'),
  channels: channelNames,
  /** Hz, ascending: n edges make n - 1 bands. None above half the rate. */
  edges: z.array(z.number().nonnegative()).min(2).max(65),
});
export type BandsBlock = z.infer<typeof bandsBlock>;
