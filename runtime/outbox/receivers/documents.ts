import { promisify } from 'node:util';
import { gunzip, zstdDecompress } from 'node:zlib';
import { readTable } from '../../datasets/index.ts';
import { gap as gapSchema, uploadKey } from '../../messages/index.ts';
import { COLUMNS, formatOf } from '../senders/document/index.ts';
import { createNumbers, merge, type Range } from './ranges.ts';
import type { Holdings } from './types.ts';

const unpack = {
  gzip: promisify(gunzip),
  zstd: promisify(zstdDecompress),
  none: (bytes: Uint8Array): Uint8Array => bytes,
};

/** A document as a store keeps it: read when its turn has come, so that one is held at a time. */
export interface Document {
  readonly path: string;
  read(): Promise<Uint8Array>;
}

/** Enough to say whose they are. */
const GATEWAYS = 10;

interface Entry {
  readonly gateway: string;
  readonly stream: string;
  readonly sequence: number;
  /** It is a gap, from the sequence to here. */
  readonly last?: number;
}

/** What the documents among these hold of a gateway; others are passed over. */
export async function readDocuments(documents: AsyncIterable<Document>, gateway: string): Promise<Holdings> {
  const streams = new Map<string, { numbers: ReturnType<typeof createNumbers>; gaps: Range[] }>();
  const gateways = new Set<string>();
  const unreadable: { path: string; reason: string }[] = [];
  for await (const { path, read } of documents) {
    if (!formatOf(path)) continue;
    try {
      for await (const entry of entriesOf(await read(), path)) {
        if (gateways.size < GATEWAYS) gateways.add(entry.gateway);
        if (entry.gateway !== gateway) continue;
        const stream = streams.get(entry.stream) ?? { numbers: createNumbers(), gaps: [] };
        streams.set(entry.stream, stream);
        if (entry.last === undefined) stream.numbers.add(entry.sequence);
        else stream.gaps.push({ first: entry.sequence, last: entry.last });
      }
    } catch (error) {
      unreadable.push({ path, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return {
    streams: [...streams].map(([stream, { numbers, gaps }]) => ({ stream, ...numbers.done(), gaps: merge(gaps) })),
    gateways: [...gateways],
    unreadable,
  };
}

async function* entriesOf(packed: Uint8Array, path: string): AsyncGenerator<Entry> {
  const { format, compression } = formatOf(path) ?? { format: 'jsonl', compression: 'none' };
  const bytes = await unpack[compression](packed);
  if (format === 'csv' || format === 'parquet') {
    yield* rowsOf(bytes, format, path);
    return;
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  const messages: readonly unknown[] =
    format === 'json'
      ? listOf(parse(text))
      : text
          .split('\n')
          .filter((line) => line !== '')
          .map(parse);
  for (const message of messages) {
    const { key, payload, gap } = (message ?? {}) as Record<string, unknown>;
    const own = uploadKey.safeParse(key);
    if (!own.success) continue;
    const told = payload === undefined ? gapSchema.safeParse(gap) : undefined;
    yield { ...own.data, ...(told?.success && { sequence: told.data.first, last: told.data.last }) };
  }
}

const parse = (text: string) => JSON.parse(text) as unknown;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);

const NAMES = [COLUMNS.gateway, COLUMNS.stream, COLUMNS.sequence, COLUMNS.gapLast];

async function* rowsOf(bytes: Uint8Array, format: 'csv' | 'parquet', path: string): AsyncGenerator<Entry> {
  for await (const [gateway, stream, sequence, last] of readTable(bytes, format, NAMES, path)) {
    const own = uploadKey.safeParse({ gateway, stream, sequence: Number(sequence) });
    if (own.success) yield { ...own.data, ...(last !== undefined && { last: Number(last) }) };
  }
}
