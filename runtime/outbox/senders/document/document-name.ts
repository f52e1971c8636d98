import { createHash } from 'node:crypto';
import type { Batch } from '../sender.ts';
import type { EncodedDocument } from './encode-batch.ts';

interface Place {
  readonly gateway: string;
  readonly destination: string;
}

/**
 * Where a batch lies in a folder or a bucket: the template with its words filled in, and the extension. The same batch has
 * the same name. Its end is made of what is in it, so that nothing else takes its place: not a shorter batch from the same
 * place, of which a store hears late, nor one of another target, nor one of a queue that was begun anew.
 */
export function documentName(
  template: string,
  batch: Batch,
  { gateway, destination }: Place,
  { body, extension }: Pick<EncodedDocument, 'body' | 'extension'>,
): string {
  const digest = createHash('sha256').update(body).digest('hex');
  const moment = momentOf(batch.messages[0]?.time ?? 0);
  const words: Record<string, string> = {
    gateway: safe(gateway),
    destination: safe(destination),
    date: moment.slice(0, 10),
    hour: moment.slice(11, 13),
    batch: `${safe(batch.name)}-${digest.slice(0, 8)}`,
  };
  return template.replace(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole) + extension;
}

/** A clock that is wrong by ages still names a day. */
const momentOf = (time: number) => new Date(Math.min(Math.max(time, 0), LAST)).toISOString();
const LAST = Date.UTC(9999, 11, 31);

/** Whether a file of this name was written by us: its folder may hold others. */
export const isOurs = (name: string) =>
  /(?:alarm|live|bulk)-[\w-]*-[0-9a-f]{8}[^/]*\.(?:json|jsonl|csv|parquet)(?:\.gz|\.zst)?$/.test(name);

/** A name that every file system takes and that leads nowhere else. */
const safe = (name: string) => name.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\.+/, '_');
