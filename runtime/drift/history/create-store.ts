import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../base/index.ts';
import type { DriftHistory, WatchedStream } from '../../messages/index.ts';
import { openStore, type Row, type SqlValue, type Statement, type Store, type Write } from '../../storage/index.ts';
import { errors } from '../errors.ts';
import { coursesOf } from './courses.ts';
import { APPLICATION, migrations, OWNED, SALVAGED } from './format.ts';
import { lineOf } from './line-of.ts';
import { damagedRows, eventsKept, streamsKept } from './limits.ts';
import { packBody, toLayout } from './points.ts';
import { checksum, pointChecksum, soundText, toEvent, toLayoutRow, toLine, toPicture, toPoint } from './rows.ts';
import { readState, writeState } from './state-text.ts';
import { SPANS, thin } from './thin.ts';
import type { DriftStore, HistoryPoint } from './types.ts';

/** Saves of a stream from one look at its bounds to the next. */
const SAVES = 50;
/** Points that are read at once. */
const PAGE = 1000;

const STREAM = '(SELECT id FROM stream WHERE node = ?)';

/**
 * What is known of the streams of this machine, in one file that several processes may use. The file is made by the first save, and
 * opened by what first needs it: reading where there is none makes none.
 *
 * @param file of the name `history.sqlite`
 */
export function createDriftStore(file: string, clock: Clock): DriftStore {
  let opening: Promise<Store> | undefined;
  let closed: Promise<void> | undefined;
  /** Saves since the bounds were last looked at. */
  const saves = new Map<string, number>();
  /** Pieces that this process has written, by node: they are not sent again. */
  const written = new Map<string, ReadonlySet<string>>();

  const open = async (): Promise<Store> => {
    if (closed) throw errors.DRIFT_HISTORY_CLOSED({ directory: dirname(file) });
    opening ??= openStore({ file, application: APPLICATION, migrations, salvage: SALVAGED, access: 'shared' });
    return await opening.catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
  };
  const isThere = async () => opening !== undefined || (await exists(file));
  const read = (sql: string, values: readonly SqlValue[] = []): Promise<readonly Row[]> =>
    clock.hold((async () => ((await isThere()) ? (await open()).read(sql, values) : []))());
  const idOf = async (node: string): Promise<number> => {
    const [row] = await read('SELECT id FROM stream WHERE node = ?', [node]);
    if (!row) throw errors.DRIFT_STREAM_NOT_FOUND({ node });
    return Number(row['id']);
  };

  /** Every `SAVES` saves, beginning with the first: another process may have left it full. */
  const keepBounds = async (store: Store, node: string) => {
    const since = saves.get(node) ?? 0;
    saves.set(node, (since + 1) % SAVES);
    if (since > 0) return;
    const stream = await idOf(node);
    await thin(store, stream);
    const older = 'SELECT id FROM event WHERE stream = ? ORDER BY id DESC LIMIT -1 OFFSET ?';
    const events = { sql: `DELETE FROM event WHERE id IN (${older})`, values: [stream, eventsKept.value] };
    eventsKept.cost(await store.write([events]));
    const used = 'SELECT layout FROM point WHERE stream = ?';
    const unused = `DELETE FROM layout WHERE stream = ? AND id NOT IN (${used})`;
    await store.write([{ sql: unused, values: [stream, stream] }]);
    const silent = await store.read('SELECT node FROM stream ORDER BY time DESC LIMIT -1 OFFSET ?', [
      streamsKept.value,
    ]);
    for (const row of silent) {
      await store.write(forgetting(String(row['node'])));
      streamsKept.cost();
    }
  };

  /** All points of a stream in a span of time, in pages: a year of a hundred features is much at once. */
  const pointsOf = async (stream: number, from: number, to: number) => {
    const sql = `SELECT id, layout, span, time, body, crc FROM point WHERE stream = ? AND id > ? AND time BETWEEN ? AND ?
                 ORDER BY id LIMIT ${PAGE}`;
    const points = [];
    for (let last = 0; ;) {
      const page = await read(sql, [stream, last, from - (SPANS.at(-1) ?? 0), to]);
      for (const row of page) points.push(toPoint(row));
      if (page.length < PAGE) break;
      last = Number(page.at(-1)?.['id']);
    }
    // A point of an hour may have begun before, and lie in the span nevertheless.
    return points.filter((point) => point !== undefined).filter(({ time, span }) => time + span >= from);
  };

  return {
    async load(node) {
      const [row] = await read('SELECT id, state, state_crc FROM stream WHERE node = ?', [node]);
      const text = row && soundText(row, 'state', 'state_crc');
      if (text === undefined) return undefined;
      const held = await read('SELECT digest, body FROM piece WHERE stream = ?', [Number(row?.['id'])]);
      const pieces = new Map(held.map(({ digest, body }) => [String(digest), body as Uint8Array]));
      try {
        return readState({ text, pieces });
      } catch {
        damagedRows.add();
        return undefined;
      }
    },
    save(node, { state, picture, points, events }) {
      // Written out at once: what was given may change before the file is open.
      const { text, pieces } = writeState(state);
      const line = lineOf({ ...picture, node });
      const there = written.get(node);
      const fresh = new Map([...pieces].filter(([digest]) => !there?.has(digest)));
      const write: Write = [
        ...keepStream(node, { line, picture: JSON.stringify(picture), state: text }),
        ...keepPieces(node, fresh, [...pieces.keys()]),
        ...points.flatMap((point) => keepPoint(node, point)),
        ...events.map(({ time: at, payload }) => {
          const body = JSON.stringify(payload);
          const sql = `INSERT INTO event (stream, time, payload, crc) VALUES (${STREAM}, ?, ?, ?)`;
          return { sql, values: [node, at, body, checksum(body)] };
        }),
      ];
      return clock.hold(
        (async () => {
          const store = await open();
          await store.write(write);
          const sql = `SELECT count(*) AS count FROM piece WHERE stream = ${STREAM}`;
          const [held] = await store.read(sql, [node]);
          // Another process may have forgotten the node meanwhile.
          const isWhole = Number(held?.['count']) === pieces.size;
          if (!isWhole) await store.write(keepPieces(node, pieces, [...pieces.keys()]));
          written.set(node, new Set(pieces.keys()));
          await keepBounds(store, node);
        })(),
      );
    },
    async streams() {
      const first = `SELECT min(first) FROM (SELECT min(time) AS first FROM point WHERE point.stream = stream.id
                       UNION ALL SELECT min(time) FROM event WHERE event.stream = stream.id)`;
      const rows = await read(`SELECT line, line_crc, (${first}) AS first FROM stream ORDER BY time DESC, id`);
      return rows.flatMap((row) => {
        const line = toLine(row);
        return line ? [{ ...line, first: typeof row['first'] === 'number' ? row['first'] : line.time }] : [];
      });
    },
    async picture(node) {
      const [row] = await read('SELECT picture, picture_crc FROM stream WHERE node = ?', [node]);
      return row && toPicture(row);
    },
    async history(node, { from = -Infinity, to = Infinity, points: wanted } = {}): Promise<DriftHistory> {
      const stream = await idOf(node);
      const [lowest, highest] = [Math.max(from, Number.MIN_SAFE_INTEGER), Math.min(to, Number.MAX_SAFE_INTEGER)];
      const layouts = (await read('SELECT id, features, crc FROM layout WHERE stream = ?', [stream])).map(toLayoutRow);
      const points = await pointsOf(stream, lowest, highest);
      const known = new Map(layouts.filter((layout) => layout !== undefined));
      const sql = 'SELECT time, payload, crc FROM event WHERE stream = ? AND time BETWEEN ? AND ? ORDER BY id';
      const rows = await read(sql, [stream, lowest, highest]);
      const events = rows.map(toEvent).filter((event) => event !== undefined);
      const times = [...points.map(({ time }) => time), ...events.map(({ time }) => time)];
      const earliest = times.reduce((a, b) => Math.min(a, b), Infinity);
      const latest = times.reduce((a, b) => Math.max(a, b), -Infinity);
      return {
        node,
        from: Number.isFinite(from) ? from : Number.isFinite(earliest) ? earliest : 0,
        to: Number.isFinite(to) ? to : Number.isFinite(latest) ? latest : 0,
        courses: coursesOf(points, known, wanted),
        events,
      };
    },
    async forget(node) {
      saves.delete(node);
      written.delete(node);
      if (!(await isThere())) return;
      await clock.hold(open().then((store) => store.write(forgetting(node))));
    },
    close: () =>
      (closed ??= Promise.resolve(opening).then(
        (store) => store && clock.hold(store.close()),
        () => undefined,
      )),
  };
}

function keepStream(node: string, { line, picture, state }: { line: WatchedStream; picture: string; state: string }) {
  const text = JSON.stringify(line);
  const columns = ['time', 'line', 'line_crc', 'picture', 'picture_crc', 'state', 'state_crc'];
  const sql = `INSERT INTO stream (node, ${columns.join(', ')}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (node) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  const values = [line.time, text, checksum(text), picture, checksum(picture), state, checksum(state)];
  return [{ sql, values: [node, ...values] }];
}

/** @param pieces that are added, where they do not lie there already; @param all digests that stay */
function keepPieces(node: string, pieces: ReadonlyMap<string, Uint8Array>, all: readonly string[]): Statement[] {
  const add = `INSERT INTO piece (stream, digest, body) VALUES (${STREAM}, ?, ?) ON CONFLICT DO NOTHING`;
  const drop = `DELETE FROM piece WHERE stream = ${STREAM} AND digest NOT IN (SELECT value FROM json_each(?))`;
  return [
    { sql: add, rows: [...pieces].map(([digest, body]) => [node, digest, body]) },
    { sql: drop, values: [node, JSON.stringify(all)] },
  ];
}

function keepPoint(node: string, point: HistoryPoint): Statement[] {
  const { layout, body } = toLayout(point);
  if (layout.length === 0) return [];
  const features = JSON.stringify(layout);
  const bytes = packBody(body);
  return [
    {
      sql: `INSERT INTO layout (stream, features, crc) VALUES (${STREAM}, ?, ?) ON CONFLICT DO NOTHING`,
      values: [node, features, checksum(features)],
    },
    {
      sql: `INSERT INTO point (stream, layout, span, time, body, crc) SELECT stream, id, 0, ?, ?, ? FROM layout
              WHERE stream = ${STREAM} AND features = ?`,
      values: [point.time, bytes, pointChecksum(point.time, 0, bytes), node, features],
    },
  ];
}

const forgetting = (node: string): Write => [
  ...OWNED.map((table) => ({ sql: `DELETE FROM ${table} WHERE stream = ${STREAM}`, values: [node] })),
  { sql: 'DELETE FROM stream WHERE node = ?', values: [node] },
];

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}
