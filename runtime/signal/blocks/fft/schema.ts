import { z } from 'zod';
import { channelNames } from '../fields.ts';

/** The amplitude of each frequency of the whole window, in the channel's unit: `fft_HZ_CHANNEL`. */
export const fftBlock = z.object({
  type: z.literal('fft'),
  channels: channelNames,
  /** `constant` subtracts the mean first. */
  detrend: z.enum(['none', 'constant']).default('constant'),
  /** `hann` lets a frequency that lies between two leak less into the others. */
  window: z.enum(['none', 'hann']).default('hann'),
});
export type FftBlock = z.infer<typeof fftBlock>;
