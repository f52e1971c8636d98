import { z } from 'zod';
import { envelope } from './reading.ts';

/** A typed array or a plain one: whoever takes the first also takes the second. */
export const samples = z.union([z.instanceof(Float32Array), z.array(z.number())]);

export const windowPayload = z.object({
  /** Channel names, in the order of the columns of `data`. */
  channels: z.array(z.string()).min(1),
  /** Samples a second. */
  rate: z.number().positive(),
  /** Time of the first sample, ms since the epoch. */
  start: z.number(),
  /** Row-major: sample by sample, channel by channel. */
  data: samples,
  /** [samples, channels] */
  shape: z.tuple([z.number().int().positive(), z.number().int().positive()]),
});
export type WindowPayload = z.infer<typeof windowPayload>;

/**
 * `gaps` counts the samples that are missing inside the window, `gapsAt` says right before which samples; `time` is that of the
 * last sample, `triggered` that of the one that a window was cut around.
 */
export const windowMessage = envelope.extend({
  payload: windowPayload,
  gaps: z.number().int().optional(),
  gapsAt: z.array(z.object({ sample: z.number().int(), missing: z.number().int() })).optional(),
  triggered: z.number().optional(),
});
export type WindowMessage = z.infer<typeof windowMessage>;
