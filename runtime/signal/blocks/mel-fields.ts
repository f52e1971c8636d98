/** The parameters that MFE and MFCC share. Safe in the browser. */
import { z } from 'zod';

export const melFields = {
  /** Seconds in a frame. */
  frame: z.number().positive().default(0.025),
  /** Seconds from the start of one frame to the start of the next. */
  hop: z.number().positive().default(0.01),
  /** Of the transform: a power of two, at least the samples in a frame. 0: the next one. */
  size: z
    .number()
    .int()
    .min(0)
    .max(65_536)
    .refine((size) => (size & (size - 1)) === 0, 'must be a power of two, or 0')
    .default(0),
  /** How many mel filters. */
  filters: z.number().int().min(2).max(128).default(26),
  /** Hz: where the first filter begins. */
  low: z.number().nonnegative().default(0),
  /** Hz: where the last filter ends. 0: half the rate. */
  high: z.number().nonnegative().default(0),
  /** How much of the sample before is taken off each: it lifts the high tones of speech. */
  emphasis: z.number().min(0).max(1).default(0.97),
  /** `mean` and `mean-std`: one value, or two, over all frames; `frames`: each frame by itself. */
  summary: z.enum(['mean', 'mean-std', 'frames']).default('mean'),
};
