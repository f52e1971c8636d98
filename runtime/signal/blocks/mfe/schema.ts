import { z } from 'zod';
import { channelNames } from '../fields.ts';
import { melFields } from '../mel-fields.ts';

/**
 * How strong a sound is in each band of the mel scale, in dB: `mfe_FILTER_CHANNEL`, with `_std` or `_frame_N` as the summary
 * has it. For sounds that are no speech, set `emphasis` to 0.
 *
 * @see python_speech_features.fbank
 */
export const mfeBlock = z.object({
  type: z.literal('mfe'),
  channels: channelNames,
  ...melFields,
  /** dB: what is weaker counts as this. */
  floor: z.number().min(-150).max(0).default(-100),
});
export type MfeBlock = z.infer<typeof mfeBlock>;
