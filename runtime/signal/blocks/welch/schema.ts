import { z } from 'zod';
import { channelNames } from '../fields.ts';

/** The power spectral density at each frequency, averaged over segments of the window (Welch): `psd_HZ_CHANNEL`. */
export const welchBlock = z.object({
  type: z.literal('welch'),
  channels: channelNames,
  /** Samples in a segment, at most those of the window. */
  segment: z.number().int().min(4).max(65_536).default(64),
  /** Samples that two neighbouring segments share. */
  overlap: z.number().int().nonnegative().default(32),
});
export type WelchBlock = z.infer<typeof welchBlock>;
