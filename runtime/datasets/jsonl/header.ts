import { z } from 'zod';
import { errors } from '../errors.ts';

/** The newest format that this Millrace writes, and reads up to. */
export const FORMAT = 1;

/** The first line of a JSONL recording, and a key of a Parquet recording's metadata. People need the first two only. */
const header = z.object({
  millrace: z.literal('recording'),
  format: z.number().int().positive(),
  name: z.string().optional(),
  /** ms since the epoch */
  started: z.number().optional(),
  /** Counted from 1: a recording may have several files. */
  part: z.number().int().positive().optional(),
  /** Who wrote it, for people. */
  source: z.string().optional(),
  /** What the file is turned into when it is finished, or found unfinished; nothing, where lines of it cannot be read. */
  becomes: z.enum(['parquet', 'nothing']).optional(),
  /** Of a file that was turned: the line that was cut off, as by a power cut. */
  cut: z.number().int().positive().optional(),
});
export type Header = z.infer<typeof header>;

/**
 * @param text the first line
 * @returns undefined if it is no header of a recording
 * @throws RECORDING_NEWER
 */
export function parseHeader(text: string, path: string): Header | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const result = header.safeParse(parsed);
  if (!result.success) return undefined;
  if (result.data.format > FORMAT) throw errors.RECORDING_NEWER({ path, format: String(result.data.format) });
  return result.data;
}
