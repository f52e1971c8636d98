import type { Store, Write } from '../../storage/index.ts';
import { pointsKept } from './limits.ts';
import { largest, packBody } from './points.ts';
import { pointChecksum, type PointRow, toPoint } from './rows.ts';

/** Evaluations, then the largest of a minute each, then the largest of an hour each. */
export const SPANS = [0, 60_000, 3_600_000] as const;

/** So many more than are kept may lie there until they are thinned, together. */
const SLACK = 1 + 1 / 8;

const COLUMNS = 'id, layout, span, time, body, crc';

/** Brings a stream back within its bounds: what is old is thinned, what is oldest goes. */
export async function thin(store: Store, stream: number): Promise<void> {
  for (const [level, span] of SPANS.entries()) {
    const [counted] = await store.read('SELECT count(*) AS count FROM point WHERE stream = ? AND span = ?', [
      stream,
      span,
    ]);
    const count = Number(counted?.['count'] ?? 0);
    if (count <= pointsKept.value * SLACK) continue;
    const over = count - pointsKept.value;
    const next = SPANS[level + 1];
    if (next === undefined) await dropOldest(store, stream, span, over);
    else await combine(store, stream, { from: span, to: next, over });
  }
}

async function dropOldest(store: Store, stream: number, span: number, over: number): Promise<void> {
  const oldest = 'SELECT id FROM point WHERE stream = ? AND span = ? ORDER BY time LIMIT ?';
  const dropped = await store.write([
    { sql: `DELETE FROM point WHERE id IN (${oldest})`, values: [stream, span, over] },
  ]);
  pointsKept.cost(dropped);
}

/** The oldest points of one span become points of the next. */
async function combine(
  store: Store,
  stream: number,
  { from, to, over }: { readonly from: number; readonly to: number; readonly over: number },
): Promise<void> {
  const sql = `SELECT ${COLUMNS} FROM point WHERE stream = ? AND span = ? ORDER BY time LIMIT ?`;
  const old = await store.read(sql, [stream, from, over]);
  const first = bucket(Number(old[0]?.['time'] ?? 0), to);
  const last = Number(old.at(-1)?.['time'] ?? 0);
  // The last time may have ended in the middle of an hour.
  const there = `SELECT ${COLUMNS} FROM point WHERE stream = ? AND span = ? AND time BETWEEN ? AND ?`;
  const begun = await store.read(there, [stream, to, first, last]);
  const groups = new Map<string, PointRow[]>();
  for (const row of [...begun, ...old]) {
    const point = toPoint(row);
    if (!point) continue;
    const key = `${bucket(point.time, to)} ${point.layout}`;
    groups.set(key, [...(groups.get(key) ?? []), point]);
  }
  const rows = [...groups.values()].map((points) => {
    const time = bucket(points[0]?.time ?? 0, to);
    const body = packBody(largest(time, points));
    return [stream, points[0]?.layout ?? 0, to, time, body, pointChecksum(time, to, body)];
  });
  const write: Write = [
    { sql: 'DELETE FROM point WHERE id = ?', rows: [...begun, ...old].map((row) => [row['id'] ?? 0]) },
    // Another process may have forgotten the stream meanwhile.
    {
      sql: `INSERT INTO point (stream, layout, span, time, body, crc) SELECT ?1, ?2, ?3, ?4, ?5, ?6
              WHERE EXISTS (SELECT 1 FROM stream WHERE id = ?1)`,
      rows,
    },
  ];
  await store.write(write);
}

const bucket = (time: number, span: number) => Math.floor(time / span) * span;
