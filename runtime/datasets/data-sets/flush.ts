import { rm } from 'node:fs/promises';
import { errors } from '../errors.ts';
import { type SetFiles, writeChunk } from './set-files.ts';
import { type Shape, widthOf } from './shape.ts';

/** Examples in a chunk, and bytes of values: as much as is encoded in a few milliseconds. */
const CHUNK_EXAMPLES = 1_000;
const CHUNK_BYTES = 1024 * 1024;

/** Examples that make a chunk. */
export const chunkRows = (shape: Shape): number =>
  Math.max(1, Math.min(CHUNK_EXAMPLES, Math.floor(CHUNK_BYTES / (widthOf(shape) * 4))));

/**
 * Moves the examples that wait in the index into chunks.
 *
 * @param least fewer stay where they are
 * @throws DATA_SET_UNWRITABLE; what waited waits on
 */
export const flushWaiting = (files: SetFiles, least = 1): Promise<void> =>
  files.inTurn(() => moveWaiting(files, least));

async function moveWaiting(files: SetFiles, least: number): Promise<void> {
  const known = await files.shape();
  if (!known) return;
  const { shape } = known;
  const width = widthOf(shape);
  const most = chunkRows(shape);
  for (;;) {
    const waiting = await files.read('SELECT id, data FROM waiting ORDER BY id LIMIT ?', [most]);
    if (waiting.length < Math.min(least, most) || waiting.length === 0) return;
    const values = new Float32Array(waiting.length * width);
    waiting.forEach((row, index) => values.set(floatsOf(files, row['data'], width), index * width));
    const { chunk, statement } = await writeChunk(files, shape, waiting.length, values);
    // Another process may have taken some or all of them meanwhile, or removed them.
    await files.write([
      statement,
      {
        sql: 'UPDATE examples SET chunk = ?, row = ? WHERE id = ? AND chunk IS NULL',
        rows: waiting.map(({ id }, row) => [chunk, row, id ?? null]),
      },
      { sql: 'DELETE FROM waiting WHERE id = ?', rows: waiting.map(({ id }) => [id ?? null]) },
    ]);
    const unused = `NOT EXISTS (SELECT 1 FROM examples WHERE chunk = chunks.id)
      AND NOT EXISTS (SELECT 1 FROM version_chunks WHERE chunk = chunks.id)`;
    const gone = await files.write([{ sql: `DELETE FROM chunks WHERE id = ? AND ${unused}`, values: [chunk] }]);
    if (gone > 0) await rm(files.chunkPath(chunk), { force: true });
  }
}

/** The numbers of a blob, copied: its bytes may lie anywhere in their buffer. */
export function floatsOf({ name }: SetFiles, blob: unknown, width: number): Float32Array {
  if (blob instanceof Uint8Array && blob.byteLength === width * 4) return new Float32Array(blob.slice().buffer);
  throw errors.DATA_SET_UNREADABLE({ name, reason: 'the values of an example are damaged in its index' });
}
