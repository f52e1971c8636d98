import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { SqlValue } from './statements.ts';

/** A row as it lies in a page: by what it holds, the reader must know whose it is. */
export interface ScannedRow {
  readonly rowid: number;
  /** The alias of the rowid is `null`. */
  readonly values: readonly SqlValue[];
}

/** A page of a table's rows. */
const TABLE_LEAF = 13;

/** No row of ours is larger. */
const MOST = 64 * 1024 * 1024;

/**
 * Finds rows in a database file without its trees: page by page, for when what leads to a page is damaged. Rows that were
 * deleted may be found as well, and a page that is damaged itself may hold anything.
 *
 * @param pageSize taken where the file's own header makes no sense
 * @see https://sqlite.org/fileformat2.html#b_tree_pages
 */
export function* scanPages(file: string, pageSize: number): Generator<ScannedRow> {
  const descriptor = openSync(file, 'r');
  try {
    const start = Buffer.alloc(100);
    readSync(descriptor, start, 0, 100, 0);
    const said = start.readUInt16BE(16);
    const size = said >= 512 && Number.isInteger(Math.log2(said)) ? said : pageSize;
    const pages = Math.floor(fstatSync(descriptor).size / size);
    const read = (number: number) => {
      const page = Buffer.alloc(size);
      readSync(descriptor, page, 0, size, (number - 1) * size);
      return page;
    };
    for (let number = 2; number <= pages; number += 1) {
      const page = read(number);
      if (page[0] === TABLE_LEAF) yield* rowsOf(page, pages, read);
    }
  } finally {
    closeSync(descriptor);
  }
}

function* rowsOf(page: Buffer, pages: number, read: (number: number) => Buffer): Generator<ScannedRow> {
  const cells = page.readUInt16BE(3);
  for (let cell = 0; cell < cells && 10 + 2 * cell <= page.length; cell += 1) {
    try {
      const row = readCell(page, page.readUInt16BE(8 + 2 * cell), pages, read);
      if (row) yield row;
    } catch {
      // Not a cell, or a damaged one.
    }
  }
}

function readCell(page: Buffer, at: number, pages: number, read: (number: number) => Buffer): ScannedRow | undefined {
  const [length, afterLength] = varint(page, at);
  const [rowid, begin] = varint(page, afterLength);
  if (length < 2 || length > MOST) return undefined;
  const usable = page.length;
  const most = usable - 35;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fit = least + ((length - least) % (usable - 4));
  const local = length <= most ? length : fit <= most ? fit : least;
  const parts = [page.subarray(begin, begin + local)];
  let next = local < length ? page.readUInt32BE(begin + local) : 0;
  for (let left = length - local; left > 0; left -= usable - 4) {
    if (next < 2 || next > pages) return undefined;
    const more = read(next);
    next = more.readUInt32BE(0);
    parts.push(more.subarray(4, 4 + Math.min(left, usable - 4)));
  }
  return { rowid, values: readRecord(Buffer.concat(parts)) };
}

function readRecord(record: Buffer): SqlValue[] {
  const [headerLength, start] = varint(record, 0);
  const values: SqlValue[] = [];
  let body = headerLength;
  for (let at = start; at < headerLength;) {
    const [type, after] = varint(record, at);
    at = after;
    const [value, length] = readValue(record, body, type);
    values.push(value);
    body += length;
  }
  if (body !== record.length) throw new RangeError('the record has another length');
  return values;
}

const INTEGER_BYTES = [0, 1, 2, 3, 4, 6, 8];

function readValue(record: Buffer, at: number, type: number): [SqlValue, number] {
  if (type === 0) return [null, 0];
  if (type >= 12) {
    const length = Math.floor((type - 12) / 2);
    const bytes = record.subarray(at, at + length);
    if (bytes.length < length) throw new RangeError('the record ends too soon');
    return [type % 2 === 0 ? new Uint8Array(bytes) : bytes.toString(), length];
  }
  if (type === 7) return [record.readDoubleBE(at), 8];
  if (type === 8 || type === 9) return [type - 8, 0];
  const length = INTEGER_BYTES[type];
  if (length === undefined) throw new RangeError('no such type');
  if (length < 8) return [record.readIntBE(at, length), length];
  const value = record.readBigInt64BE(at);
  return [Number.isSafeInteger(Number(value)) ? Number(value) : value, 8];
}

/** SQLite's variable-length integer. @returns the value, and where the next thing begins */
function varint(bytes: Buffer, at: number): [number, number] {
  let value = 0;
  for (let read = 0; read < 8; read += 1) {
    const byte = bytes.readUInt8(at + read);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      if (!Number.isSafeInteger(value)) throw new RangeError('too large');
      return [value, at + read + 1];
    }
  }
  throw new RangeError('too large');
}
