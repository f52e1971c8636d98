import { crc32 } from 'node:zlib';
import type { Row } from '../../../storage/index.ts';

/** One message for one destination, as it lies on disk. */
export interface StoredRecord {
  /** Position in the queue: grows with every message taken. */
  readonly id: number;
  readonly stream: string;
  readonly sequence: number;
  /** The sequence that went to the same destination before it; 0 if it is the first. */
  readonly previous: number;
  /** When it was taken, ms since the epoch. */
  readonly time: number;
  /** The wire form: JSON with its key. */
  readonly body: string;
}

/** What a place in the queue holds: a record, or what is left of one whose checksum is wrong. */
export type Place = { readonly id: number; readonly bytes: number; readonly record: StoredRecord | undefined };

/** CRC-32 over everything that a record says: SQLite does not notice a flipped bit in a row. */
export function recordChecksum(destination: string, record: Omit<StoredRecord, 'id'>): number {
  const { stream, sequence, previous, time, body } = record;
  return crc32([destination, stream, sequence, previous, time, body].join('\n'));
}

/** The columns as text: in a damaged row a number may have become one that JavaScript cannot hold. */
export const RECORD_COLUMNS = ['stream', 'sequence', 'previous', 'time', 'bytes', 'crc', 'body']
  .map((name) => `CAST(record.${name} AS TEXT) AS ${name}`)
  .join(', ');

/** Reads a row and checks it against its checksum. */
export function toPlace(destination: string, row: Row): Place {
  const record = {
    id: Number(row['id']),
    stream: String(row['stream']),
    sequence: Number(row['sequence']),
    previous: Number(row['previous']),
    time: Number(row['time']),
    body: String(row['body']),
  };
  const sound = recordChecksum(destination, record) === Number(row['crc']);
  return { id: record.id, bytes: Number(row['bytes']) || 0, record: sound ? record : undefined };
}
