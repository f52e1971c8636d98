import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errors } from '../errors.ts';
import { formatOf } from '../senders/document/index.ts';
import { objectsIn } from '../senders/s3/reader.ts';
import { readDocuments } from './documents.ts';
import { documentsIn, documentAt } from './folder.ts';
import { readPostgres } from './postgres.ts';
import { readSqlite } from './sqlite.ts';
import { type Reading, readTables } from './tables.ts';
import type { Holdings, ReceiverOptions } from './types.ts';

/**
 * What a receiver holds of a gateway: `postgres://…`, `s3://bucket/folder`, a folder of documents, one document, or a SQLite
 * file.
 *
 * @throws RECEIVER_UNKNOWN, RECEIVER_EMPTY, and what the receiver answers
 */
export async function readReceiver(receiver: string, options: ReceiverOptions): Promise<Holdings> {
  if (/^postgres(ql)?:\/\//.test(receiver)) return await inTables(await readPostgres(receiver, options.ca), options);
  if (receiver.startsWith('s3://')) {
    const [bucket = '', ...prefix] = receiver.slice('s3://'.length).split('/');
    const objects = objectsIn({ ...options, bucket, prefix: prefix.join('/') });
    return await readDocuments(objects, options.gateway);
  }
  const path = resolve(receiver);
  const found = await stat(path).catch(() => undefined);
  if (!found) throw errors.RECEIVER_UNKNOWN({ receiver, reason: 'there is no such file or folder' });
  if (found.isDirectory()) return await readDocuments(documentsIn(path), options.gateway);
  if (formatOf(path)) return await readDocuments(documentAt(path), options.gateway);
  return await inTables(await readSqlite(path), options);
}

async function inTables(reading: Reading, options: ReceiverOptions): Promise<Holdings> {
  try {
    return await readTables(reading, options);
  } finally {
    await reading.close();
  }
}
