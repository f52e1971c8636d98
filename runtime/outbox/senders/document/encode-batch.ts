import { promisify } from 'node:util';
import { gzip, zstdCompress } from 'node:zlib';
import { writeTable } from '../../../datasets/index.ts';
import type { Compression, Format } from '../../schema.ts';
import type { Batch } from '../sender.ts';
import { extensionOf } from './extension.ts';
import { tableOf } from './table-of.ts';

export interface DocumentSettings {
  readonly format: Format;
  readonly compression: Compression;
  readonly gateway: string;
}

export interface EncodedDocument {
  readonly body: Uint8Array;
  /** Of what the body is when it is unpacked. */
  readonly contentType: string;
  /** As HTTP's Content-Encoding; none: the body is as it is. A Parquet file packs its own pages and has none. */
  readonly contentEncoding?: 'gzip' | 'zstd';
  /** For a file's name: `.jsonl.gz`. */
  readonly extension: string;
}

const TYPES: Record<Format, string> = {
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

const pack = { gzip: promisify(gzip), zstd: promisify(zstdCompress) };

/**
 * A batch as one document. JSON and JSON lines hold the messages as they are on the wire; CSV and Parquet hold a row a
 * message. The same batch gives the same bytes.
 */
export async function encodeBatch(batch: Batch, settings: DocumentSettings): Promise<EncodedDocument> {
  const { format, compression } = settings;
  const shared = { contentType: TYPES[format], extension: extensionOf(settings) };
  if (format === 'parquet') return { ...shared, body: await parquet(batch, settings) };
  const plain = await plainText(batch, format);
  if (compression === 'none') return { ...shared, body: plain };
  return { ...shared, body: await pack[compression](plain), contentEncoding: compression };
}

async function plainText({ messages }: Batch, format: 'json' | 'jsonl' | 'csv'): Promise<Uint8Array> {
  if (format === 'csv') return await writeTable(await tableOf(messages), 'csv');
  const bodies = messages.map(({ body }) => body);
  return Buffer.from(format === 'json' ? `[${bodies.join(',\n')}]\n` : `${bodies.join('\n')}\n`);
}

const parquet = async ({ name, messages }: Batch, { compression, gateway }: DocumentSettings) =>
  await writeTable(await tableOf(messages), 'parquet', {
    codec: compression === 'none' ? 'snappy' : compression,
    metadata: { millrace: JSON.stringify({ format: 1, gateway, batch: name }) },
  });
