import type { ExampleRow, ExampleView, ListedExample, TruthLabel } from '../../messages/index.ts';
import type { Row } from '../../storage/index.ts';
import { errors } from '../errors.ts';
import { byLabel, type Condition } from './choice.ts';
import { floatsOf } from './flush.ts';
import { ChunkGone, chunkValues, type SetFiles } from './set-files.ts';
import { type Shape, widthOf } from './shape.ts';
import type { ExamplePage } from './types.ts';

const toRow = ({ id, label, time, source, run }: Row): ExampleRow => ({
  id: Number(id),
  label: (label ?? null) as TruthLabel | null,
  time: (time ?? null) as number | null,
  source: String(source),
  group: String(run),
});

/** A page of the list, newest example first. */
export async function pageOf(
  files: SetFiles,
  { offset = 0, limit = 100, label, group, values: wanted = false }: ExamplePage,
) {
  const conditions: Condition[] = [
    ...(label === undefined ? [] : [byLabel(label)]),
    ...(group === undefined ? [] : [{ sql: 'run = ?', values: [group] }]),
  ];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`;
  const values = conditions.flatMap((each) => each.values);
  const [count] = await files.read(`SELECT count(*) AS total FROM examples ${where}`, values);
  const sql = `SELECT id, label, time, source, run FROM examples ${where} ORDER BY id DESC LIMIT ? OFFSET ?`;
  const rows = await files.read(sql, [...values, limit, offset]);
  const listed = rows.map(toRow);
  return { examples: wanted ? await withValues(files, listed) : listed, total: Number(count?.['total'] ?? 0) };
}

/** Numbers of a page: as many as are still drawn at once. */
const DRAWN = 500_000;

/** Each chunk is read once. What is gone meanwhile, or would be too much, comes without. */
async function withValues(files: SetFiles, rows: readonly ExampleRow[]): Promise<ListedExample[]> {
  const known = await files.shape();
  if (!known) return [...rows];
  const read = new Map<number, Promise<Float32Array>>();
  const once: ReadChunk = (own, shape, chunk) => {
    const reading = read.get(chunk) ?? chunkValues(own, shape, chunk);
    read.set(chunk, reading);
    return reading;
  };
  const room = Math.max(1, Math.floor(DRAWN / widthOf(known.shape)));
  const listed: ListedExample[] = [];
  for (const [at, row] of rows.entries()) {
    listed.push(at < room ? await exampleOf(files, row.id, once).catch(() => row) : row);
  }
  return listed;
}

type ReadChunk = typeof chunkValues;

/** @throws EXAMPLE_NOT_FOUND */
export async function exampleOf(files: SetFiles, id: number, read: ReadChunk = chunkValues): Promise<ExampleView> {
  for (let turn = 0; ; turn++) {
    const [row] = await files.read(
      `SELECT e.id, label, time, source, run, chunk, row, data FROM examples e LEFT JOIN waiting w ON w.id = e.id
         WHERE e.id = ?`,
      [id],
    );
    const known = await files.shape();
    if (!row || !known) throw errors.EXAMPLE_NOT_FOUND({ name: files.name, id });
    try {
      return { ...toRow(row), ...view(known.shape, await numbersOf(files, known.shape, row, read)) };
    } catch (error) {
      // Moved into a chunk, or with its chunk, between two looks.
      if (!(error instanceof ChunkGone) || turn === 5) throw error;
    }
  }
}

async function numbersOf(
  files: SetFiles,
  shape: Shape,
  { chunk, row, data }: Row,
  read: ReadChunk,
): Promise<Float32Array> {
  const width = widthOf(shape);
  if (data instanceof Uint8Array) return floatsOf(files, data, width);
  if (chunk === null || chunk === undefined) throw new ChunkGone();
  const values = await read(files, shape, Number(chunk));
  return values.slice(Number(row) * width, (Number(row) + 1) * width);
}

function view({ columns, window }: Shape, values: Float32Array): Pick<ExampleView, 'values' | 'rate'> {
  const step = columns.length;
  const curve = (column: number) => {
    const points: number[] = [];
    for (let at = column; at < values.length; at += step) points.push(decimal(values[at] as number));
    return points;
  };
  return {
    values: columns.map((name, column) => ({ name, values: curve(column) })),
    ...(window && { rate: window.rate }),
  };
}

/**
 * The shortest decimal number that is this float32: what a person has written, and not its nearest binary fraction.
 *
 * @example
 * decimal(Math.fround(0.1)); // 0.1
 */
export function decimal(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}
