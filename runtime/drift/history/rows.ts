import { crc32 } from 'node:zlib';
import {
  type DriftEvent,
  type DriftPicture,
  driftPayload,
  driftPicture,
  type WatchedStream,
  watchedStream,
} from '../../messages/index.ts';
import type { Row } from '../../storage/index.ts';
import { damagedRows } from './limits.ts';
import { type Body, type Layout, unpackBody } from './points.ts';

/** SQLite does not notice a flipped bit in a row: this does. */
export const checksum = (text: string): number => crc32(text);
export const pointChecksum = (time: number, span: number, body: Uint8Array): number =>
  crc32(body, crc32(`${time} ${span}`));

/** The text of a column if it is as it was written; a damaged one is counted. */
export function soundText(row: Row, column: string, crc: string): string | undefined {
  const text = row[column];
  if (typeof text === 'string' && checksum(text) === Number(row[crc])) return text;
  damagedRows.add();
  return undefined;
}

const parsed = <T>(text: string | undefined, parse: (value: unknown) => T): T | undefined => {
  if (text === undefined) return undefined;
  try {
    return parse(JSON.parse(text));
  } catch {
    damagedRows.add();
    return undefined;
  }
};

export const toPicture = (row: Row): DriftPicture | undefined =>
  parsed(soundText(row, 'picture', 'picture_crc'), (value) => driftPicture.parse(value));

export const toLine = (row: Row): WatchedStream | undefined =>
  parsed(soundText(row, 'line', 'line_crc'), (value) => watchedStream.parse(value));

export function toEvent(row: Row): DriftEvent | undefined {
  const payload = parsed(soundText(row, 'payload', 'crc'), (value) => driftPayload.parse(value));
  return payload && { time: Number(row['time']), payload };
}

export interface PointRow {
  readonly id: number;
  readonly layout: number;
  readonly span: number;
  readonly time: number;
  readonly body: Body;
}

export const toPoint = (row: Row): PointRow | undefined => {
  const { body } = row;
  const [time, span] = [Number(row['time']), Number(row['span'])];
  if (!(body instanceof Uint8Array) || pointChecksum(time, span, body) !== Number(row['crc'])) {
    damagedRows.add();
    return undefined;
  }
  return { id: Number(row['id']), layout: Number(row['layout']), span, time, body: unpackBody(body) };
};

export const toLayoutRow = (row: Row): readonly [id: number, layout: Layout] | undefined => {
  const layout = parsed(soundText(row, 'features', 'crc'), (value) => value as Layout);
  return layout && [Number(row['id']), layout];
};
