import { z } from 'zod';
import { channelNames } from '../fields.ts';
import { melFields } from '../mel-fields.ts';

/**
 * The shape of a sound's spectrum, as speech recognition describes it: `mfcc_COEFFICIENT_CHANNEL`, with `_std` or `_frame_N` as
 * the summary has it.
 *
 * @see python_speech_features.mfcc
 */
export const mfccBlock = z.object({
  type: z.literal('mfcc'),
  channels: channelNames,
  ...melFields,
  /** How many, from the first. */
  coefficients: z.number().int().min(1).max(128).default(13),
  /** Lifts the higher coefficients by 1 + L/2 · sin(πn/L); 0: not. */
  lifter: z.number().int().min(0).max(100).default(22),
  /** The first coefficient is the logarithm of the frame's energy. */
  energy: z.boolean().default(true),
  /**
   * Frames, an odd number: takes off each coefficient its mean over so many frames around, and with it what a microphone or a
   * room adds to all. For the summaries `mean-std` and `frames`. 0: not.
   */
  meanFrames: z
    .number()
    .int()
    .min(0)
    .max(999)
    .refine((frames) => frames === 0 || frames % 2 === 1, 'must be odd, or 0')
    .default(0),
});
export type MfccBlock = z.infer<typeof mfccBlock>;
