import { z } from 'zod';

/** Identifies an uploaded message for ever: a receiver drops repeats by it and finds gaps with it. */
export const uploadKey = z.object({
  gateway: z.string(),
  stream: z.string(),
  /** Starts at 1 and grows by one a message, per gateway and stream. */
  sequence: z.number().int().positive(),
});
export type UploadKey = z.infer<typeof uploadKey>;

/** What stands in the place of messages that will never come. */
export const gap = z.object({ first: z.number().int(), last: z.number().int(), reason: z.string() });
export type Gap = z.infer<typeof gap>;

/** The wire form: the message as JSON with its key, or a gap. */
export const wireMessage = z.union([
  z.looseObject({ key: uploadKey, payload: z.unknown() }),
  z.object({ key: uploadKey, gap }),
]);
export type WireMessage = z.infer<typeof wireMessage>;
