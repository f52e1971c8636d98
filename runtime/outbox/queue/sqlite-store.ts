import type { Row, SqlValue, Statement, Store } from '../../storage/index.ts';
import type { Changes, DeadRow, DurableStore, HeadRow, NoteRow } from './durable-store.ts';

/** So many chunks a lane may have in its life; beyond 2^53 there would be no more numbers. */
export const LANE_SPAN = 2 ** 40;

const idOf = (lane: number, chunk: number) => lane * LANE_SPAN + chunk;

// Numbers as text: in a damaged row they may have become such as JavaScript cannot hold.
const HEAD = 'id, CAST(expires AS TEXT) AS expires, CAST(head AS BLOB) AS head, CAST(crc AS TEXT) AS crc';
const BYTES = 'length(head) + coalesce(length(body), 0) AS bytes';
const NOTE = 'id, CAST(text AS TEXT) AS text, CAST(crc AS TEXT) AS crc';

const INSERT = {
  chunk: 'INSERT OR REPLACE INTO chunk (id, expires, head, crc, body) VALUES (?, ?, ?, ?, ?)',
  note: 'INSERT OR REPLACE INTO note (id, text, crc) VALUES (?, ?, ?)',
  gap: 'INSERT OR REPLACE INTO gap (id, text, crc) VALUES (?, ?, ?)',
  dead: 'INSERT INTO dead (destination, head, crc, body) VALUES (?, ?, ?, ?)',
} as const;

const EMPTY = new Uint8Array();

/** The queue's rows in a SQLite file. */
export function sqliteStore(store: Store): DurableStore {
  const heads = async (where: string, values: readonly SqlValue[]) =>
    (await store.read(`SELECT ${HEAD}, ${BYTES} FROM chunk WHERE ${where}`, values)).map(toHead);
  return {
    warning: store.warning,
    async write(changes, essential) {
      await store.write(statements(changes), essential);
    },
    notes: async () => (await store.read(`SELECT ${NOTE} FROM note ORDER BY id`)).map(toNote),
    async chunks(lane, from, limit) {
      const sql = `SELECT ${HEAD}, CAST(body AS BLOB) AS body FROM chunk WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?`;
      const rows = await store.read(sql, [idOf(lane, from), idOf(lane + 1, 0) - 1, limit]);
      return rows.map((row) => ({ ...toHead(row), body: row['body'] === null ? null : bytesOf(row['body']) }));
    },
    heads: (lane, from, limit) =>
      heads('id BETWEEN ? AND ? ORDER BY id LIMIT ?', [idOf(lane, from), idOf(lane + 1, 0) - 1, limit]),
    droppedHeads: (lane, from, limit) =>
      heads('id BETWEEN ? AND ? AND body IS NULL ORDER BY id LIMIT ?', [
        idOf(lane, from),
        idOf(lane + 1, 0) - 1,
        limit,
      ]),
    headBefore: async (lane, chunk) =>
      (await heads('id >= ? AND id < ? ORDER BY id DESC LIMIT 1', [idOf(lane, 0), idOf(lane, chunk)]))[0],
    allHeads: ({ lane, chunk }, limit) => heads('id > ? ORDER BY id LIMIT ?', [idOf(lane, chunk), limit]),
    expired: (age, limit) => heads('expires <= ? ORDER BY expires LIMIT ?', [Math.floor(age), limit]),
    async nextExpiry() {
      const [row] = await store.read('SELECT CAST(min(expires) AS TEXT) AS next FROM chunk WHERE expires IS NOT NULL');
      return Number(row?.['next'] ?? Infinity);
    },
    async dead(destination, after, limit) {
      const [where, values] = destination === undefined ? ['', []] : ['destination = ? AND', [destination]];
      const sql = `SELECT id, destination, head, CAST(crc AS TEXT) AS crc, body FROM dead
                   WHERE ${where} id > ? ORDER BY id LIMIT ?`;
      return (await store.read(sql, [...values, after, limit])).map(toDead);
    },
    async deadCounts() {
      const rows = await store.read('SELECT destination, count(*) AS letters FROM dead GROUP BY destination');
      return new Map(rows.map((row) => [String(row['destination']), Number(row['letters'])]));
    },
    gaps: async (after, limit) =>
      (await store.read(`SELECT ${NOTE} FROM gap WHERE id > ? ORDER BY id LIMIT ?`, [after, limit])).map(toNote),
    async gapRange() {
      const [row] = await store.read('SELECT min(id) AS first, max(id) AS last FROM gap');
      return { first: Number(row?.['first'] ?? 0), last: Number(row?.['last'] ?? 0) };
    },
    size: () => store.size(),
    close: () => store.close(),
  };
}

export function statements(changes: Changes): Statement[] {
  const { removed, chunks, notes, dead, deadChanged, deadRemoved, gaps, gapsRemoved } = changes;
  return [
    many('DELETE FROM chunk WHERE id BETWEEN ? AND ?', removed, ({ lane, from, to }) => [
      idOf(lane, from),
      idOf(lane, to),
    ]),
    many(INSERT.chunk, chunks, ({ lane, chunk, expires, head, crc, body }) => [
      idOf(lane, chunk),
      expires,
      head,
      crc,
      body,
    ]),
    many(INSERT.dead, dead, ({ destination, head, crc, body }) => [destination, head, crc, body]),
    many('UPDATE dead SET head = ?, crc = ? WHERE id = ?', deadChanged, ({ id, head, crc }) => [head, crc, id]),
    many('DELETE FROM dead WHERE id = ?', deadRemoved, (id) => [id]),
    many(INSERT.gap, gaps, ({ id, text, crc }) => [id, text, crc]),
    many('DELETE FROM gap WHERE id <= ?', gapsRemoved, (id) => [id]),
    many(INSERT.note, notes, ({ id, text, crc }) => [id, text, crc]),
  ].filter((statement) => statement.rows.length > 0);
}

const many = <T>(sql: string, entries: readonly T[] | undefined, values: (entry: T) => SqlValue[]) => ({
  sql,
  rows: (entries ?? []).map(values),
});

const bytesOf = (value: SqlValue | undefined) => (value instanceof Uint8Array ? value : EMPTY);

function toHead(row: Row): HeadRow {
  const id = Number(row['id']);
  const lane = Math.floor(id / LANE_SPAN);
  const { expires } = row;
  return {
    lane,
    chunk: id - lane * LANE_SPAN,
    expires: expires === null || expires === undefined ? null : Number(expires),
    head: bytesOf(row['head']),
    crc: Number(row['crc']),
    bytes: Number(row['bytes'] ?? 0),
  };
}

const toNote = (row: Row): NoteRow => ({ id: Number(row['id']), text: String(row['text']), crc: Number(row['crc']) });

const toDead = (row: Row): DeadRow => ({
  id: Number(row['id']),
  destination: String(row['destination']),
  head: String(row['head']),
  crc: Number(row['crc']),
  body: String(row['body']),
});
