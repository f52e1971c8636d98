import { createHash } from 'node:crypto';
import type { Batch } from '../sender.ts';

interface Place {
  readonly gateway: string;
  readonly destination: string;
}

/**
 * Where a batch lies in a folder or a bucket: the template with its words filled in, and the extension. A batch that is sent
 * again has the same name. Its end is made of its first message, so that no other batch takes its place: neither one of
 * another target in the same folder, nor one of a queue that was begun anew.
 */
export function documentName(template: string, batch: Batch, place: Place, extension: string): string {
  const [first] = batch.messages;
  const digest = createHash('sha256').update([place.destination, first?.time, first?.body].join('\n')).digest('hex');
  const moment = new Date(first?.time ?? 0).toISOString();
  const words: Record<string, string> = {
    gateway: safe(place.gateway),
    destination: safe(place.destination),
    date: moment.slice(0, 10),
    hour: moment.slice(11, 13),
    batch: `${safe(batch.name)}-${digest.slice(0, 8)}`,
  };
  return template.replace(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole) + extension;
}

/** Whether a file of this name was written by us: its folder may hold others. */
export const isOurs = (name: string) =>
  /(?:alarm|live|bulk)-[\w-]*-[0-9a-f]{8}[^/]*\.(?:json|jsonl|csv|parquet)(?:\.gz|\.zst)?$/.test(name);

/** A name that every file system takes and that leads nowhere else. */
const safe = (name: string) => name.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\.+/, '_');
