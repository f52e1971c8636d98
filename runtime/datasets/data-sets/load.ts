import { errors } from '../errors.ts';
import { floatsOf } from './flush.ts';
import { type IndexRows, readIndexRows } from './index-rows.ts';
import { META } from './index-format.ts';
import { ChunkGone, chunkValues, type SetFiles } from './set-files.ts';
import { type Shape, widthOf } from './shape.ts';
import type { LoadedExamples } from './types.ts';
import { readVersion } from './version.ts';

/** Another process may move chunks while they are read: then it is read again. */
const TURNS = 5;

/** @throws DATA_VERSION_NOT_FOUND, DATA_SET_EMPTY, DATA_SET_UNREADABLE */
export async function loadExamples(files: SetFiles, version: string | undefined): Promise<LoadedExamples> {
  const known = await files.shape();
  if (!known) throw errors.DATA_SET_EMPTY({ name: files.name });
  const { shape } = known;
  for (let turn = 1; ; turn++) {
    const rows = version === undefined ? await readIndexRows(files, shape) : await readVersion(files, version);
    if (rows.ids.length === 0) throw errors.DATA_SET_EMPTY({ name: files.name });
    try {
      const values = await valuesOfRows(files, shape, rows);
      return await loaded(files, shape, rows, values);
    } catch (error) {
      if (!(error instanceof ChunkGone)) throw error;
      if (turn === TURNS)
        throw errors.DATA_SET_UNREADABLE({ name: files.name, reason: 'it is being rewritten' }, { cause: error });
    }
  }
}

async function loaded(files: SetFiles, shape: Shape, rows: IndexRows, values: Float32Array): Promise<LoadedExamples> {
  const [recipe] = await files.read('SELECT value FROM meta WHERE key = ?', [META.recipe]);
  return {
    name: files.name,
    digest: rows.digest,
    kind: shape.kind,
    columns: shape.columns,
    ...(shape.window && { window: shape.window }),
    ...(recipe && { recipe: String(recipe['value']) }),
    rows: rows.ids.length,
    width: widthOf(shape),
    values,
    ids: rows.ids,
    labels: rows.labels,
    times: rows.times,
    groups: rows.groups,
    sources: rows.sources,
  };
}

/** rows × width, chunk by chunk: no more than one is held beside the answer. */
export async function valuesOfRows(
  files: SetFiles,
  shape: Shape,
  { ids, chunks, places }: Pick<IndexRows, 'ids' | 'chunks' | 'places'>,
  read: (chunk: number) => Promise<Float32Array> = (chunk) => chunkValues(files, shape, chunk),
): Promise<Float32Array> {
  const width = widthOf(shape);
  const values = new Float32Array(ids.length * width);
  const inChunk = new Map<number, number[]>();
  for (let row = 0; row < ids.length; row++) {
    const chunk = chunks[row] as number;
    const rows = inChunk.get(chunk);
    if (rows) rows.push(row);
    else inChunk.set(chunk, [row]);
  }
  for (const [chunk, rows] of inChunk) {
    if (chunk === -1) {
      await waitingValues(files, width, ids, rows, values);
      continue;
    }
    const held = await read(chunk);
    for (const row of rows) {
      const from = (places[row] as number) * width;
      values.set(held.subarray(from, from + width), row * width);
    }
  }
  return values;
}

const PAGE = 200;

async function waitingValues(
  files: SetFiles,
  width: number,
  ids: Int32Array,
  rows: readonly number[],
  values: Float32Array,
): Promise<void> {
  const first = ids[rows[0] ?? 0] ?? 0;
  const last = ids[rows.at(-1) ?? 0] ?? 0;
  const rowOf = new Map(rows.map((row) => [ids[row], row]));
  for (let from = first - 1; ;) {
    const sql = `SELECT id, data FROM waiting WHERE id > ? AND id <= ? ORDER BY id LIMIT ${PAGE}`;
    const page = await files.read(sql, [from, last]);
    for (const { id, data } of page) {
      const row = rowOf.get(Number(id));
      if (row !== undefined) values.set(floatsOf(files, data, width), row * width);
      rowOf.delete(Number(id));
      from = Number(id);
    }
    if (page.length < PAGE) break;
  }
  if (rowOf.size > 0) throw new ChunkGone();
}
