import type { z } from 'zod';
import { errors } from '../errors.ts';

/**
 * What a browser asked, by its schema.
 *
 * @throws REQUEST_INVALID naming the first wrong setting
 */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw errors.REQUEST_INVALID({
    setting: issue?.path.map(String).join('.') ?? '',
    problem: issue?.message ?? 'not understood',
  });
}
