import { z } from 'zod';

/** What every stage carries beside its payload. What a node does not set, it passes on. */
export const envelope = z.looseObject({
  /** Set at the source and kept to the end; a window takes the id of its last reading. */
  id: z.string().optional(),
  /** Milliseconds since the epoch, where the sample was taken. */
  time: z.number().optional(),
  topic: z.string().optional(),
  unit: z.string().optional(),
  source: z.string().optional(),
});
export type Envelope = z.infer<typeof envelope>;

/** One value, or one value a channel, all taken at the same instant. */
export const readingPayload = z.union([z.number(), z.record(z.string(), z.number())]);
export type ReadingPayload = z.infer<typeof readingPayload>;

export const reading = envelope.extend({
  payload: readingPayload,
  /** How many readings are missing right before this one; absent where none is. */
  missing: z.number().int().positive().optional(),
});
export type Reading = z.infer<typeof reading>;
