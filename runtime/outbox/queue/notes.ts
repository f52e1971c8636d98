import { crc32 } from 'node:zlib';
import type { Lane } from '../schema.ts';
import type { Load } from './chunk.ts';
import type { NoteRow } from './durable-store.ts';

/**
 * How far something has come, in a row of its own. What grows with appending and what grows with acknowledging are notes
 * apart, for they are written apart: one of the two may fail.
 */
export type Note =
  | {
      readonly kind: 'lane';
      readonly number: number;
      readonly destination: string;
      readonly lane: Lane;
      /** The last chunk. */
      readonly top: number;
      /** All that was ever taken, and what it took on disk. */
      readonly total: Load;
      readonly stored: number;
      /** By the age clock and by the wall clock, when this was written. */
      readonly age: number;
      readonly wall: number;
      /** The highest id of a note so far: none below it is missing. */
      readonly notes: number;
    }
  | {
      readonly kind: 'cursor';
      readonly number: number;
      readonly chunk: number;
      readonly index: number;
      /** Of all that was ever taken: what lies before the cursor, and what was dropped behind it. */
      readonly done: Load;
      readonly gone: Load;
      /** What was removed, bytes on disk. */
      readonly freed: number;
      readonly age: number;
      readonly wall: number;
    }
  | {
      readonly kind: 'stream';
      readonly destination: string;
      readonly stream: string;
      readonly first: number;
      readonly last: number;
      /** Where the last of it lies. */
      readonly lane: number;
      readonly chunk: number;
      /** Messages of it keep the keys of other gateways. */
      readonly relayed?: true;
    }
  | {
      readonly kind: 'reached';
      readonly destination: string;
      readonly stream: string;
      readonly sequence: number;
      /** The ledger speaks of the stream from this number on. */
      readonly from: number;
    }
  | { readonly kind: 'destination'; readonly destination: string; readonly paused: boolean }
  /** Numbers after damage: streams and lanes of which no note is left begin with these. */
  | { readonly kind: 'queue'; readonly firstSequence: number; readonly firstChunk: number }
  /** In the place of one that was damaged. */
  | { readonly kind: 'none' };

export type NoteOf<K extends Note['kind']> = Extract<Note, { kind: K }>;

const checksum = (id: number, text: string) => crc32(text, id >>> 0);

export function noteRow(id: number, note: Note): NoteRow {
  const text = JSON.stringify(note);
  return { id, text, crc: checksum(id, text) };
}

/** `undefined` if its checksum is wrong. */
export const parseNote = ({ id, text, crc }: NoteRow): Note | undefined =>
  checksum(id, text) === crc ? (JSON.parse(text) as Note) : undefined;
