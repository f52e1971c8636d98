/** What may be set of the protection of fields: tables and schemas only, safe in the browser. */
import { z } from 'zod';

/** What becomes of a field before anything is stored. */
export const PROTECTIONS = ['leave-out', 'hash', 'encrypt'] as const;

/**
 * Where a field stands in a message: `payload.name`, `payload.people.*.name`, `payload["my name"]`. A star stands for every
 * entry of a list or an object.
 */
export const FIELD_PATH = /^(?:[^.[\]\s"]+|\["[^"]+"\])(?:\.[^.[\]\s"]+|\["[^"]+"\]|\[(?:\d+|\*)\])*$/;

export const fieldRule = z.object({
  field: z.string().regex(FIELD_PATH, 'a place in the message, such as payload.name or payload.people.*.name'),
  how: z.enum(PROTECTIONS),
});
export type FieldRule = z.output<typeof fieldRule>;
