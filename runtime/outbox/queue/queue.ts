import type { Clock, MillraceError } from '../../base/index.ts';
import { openStore, type Store, type Write } from '../../storage/index.ts';
import { type Appended, createAppender } from './appender.ts';
import { APPLICATION, migrations, SALVAGED } from './format.ts';
import { createMarks, type Mark, parseMarks, READ_MARKS, writeMarks } from './marks.ts';
import { type Place, RECORD_COLUMNS, toPlace } from './record.ts';

/** What waits for a destination, counted once at opening. */
export interface Backlog {
  readonly destination: string;
  readonly depth: number;
  readonly bytes: number;
  /** When the oldest was taken, ms since the epoch. */
  readonly oldest: number;
}

/** Acknowledged up to and with the place `id`; `reached` says how far that is in each stream. */
export interface Acknowledgement {
  readonly id: number;
  readonly reached: ReadonlyMap<string, number>;
}

/** The messages on disk: appended at the end, read in order, removed when acknowledged. */
export interface Queue {
  readonly warning: MillraceError | undefined;
  readonly backlogs: readonly Backlog[];
  /** Resolves when the message is on disk. `open` is the text of `openText`. */
  append(destination: string, stream: string, open: string): Promise<Appended>;
  /** The next places after `id`, oldest first, as many as fit into a page. */
  read(destination: string, id: number): Promise<readonly Place[]>;
  acknowledge(destination: string, acknowledgement: Acknowledgement): Promise<void>;
  /** The last sequence of the stream that this destination has acknowledged. */
  acknowledged(destination: string, stream: string): number | undefined;
  close(): Promise<void>;
}

/** A page is read at once: small enough to hold in memory, large enough to keep a connection busy. */
const PAGE = { records: 500, bytes: 4 * 1024 * 1024 };

const READ_PAGE = `
  WITH page AS (SELECT id, bytes FROM record WHERE destination = ? AND id > ? ORDER BY id LIMIT ${PAGE.records}),
       sums AS (SELECT id, total(bytes) OVER (ORDER BY id) - bytes AS before FROM page)
  SELECT sums.id, ${RECORD_COLUMNS} FROM sums JOIN record ON record.id = sums.id
  WHERE sums.before < ${PAGE.bytes} ORDER BY sums.id`;

const READ_BACKLOGS = `
  SELECT destination, count(*) AS depth, total(bytes) AS bytes, total(CASE WHEN id = first THEN time END) AS oldest
  FROM record JOIN (SELECT destination AS owner, min(id) AS first FROM record GROUP BY destination) ON owner = destination
  GROUP BY destination`;

/**
 * Opens the queue, making its file if it is missing.
 *
 * @throws STORE_LOCKED, STORE_UNWRITABLE, STORE_TOO_NEW, STORE_FOREIGN
 */
export async function openQueue(file: string, gateway: string, clock: Clock): Promise<Queue> {
  const store = await openStore({ file, application: APPLICATION, migrations, salvage: SALVAGED });
  try {
    return await openOn(store, gateway, clock);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function openOn(store: Store, gateway: string, clock: Clock): Promise<Queue> {
  const { sound, damaged } = parseMarks(await store.read(READ_MARKS));
  if (store.warning || damaged.length > 0) await forgetMarks(store, damaged, clock);
  const marks = createMarks(sound, await firstSequence(store));
  const [top] = await store.read('SELECT max(id) AS id FROM record');
  const appender = createAppender({ store, marks, gateway, clock, lastId: Number(top?.['id'] ?? 0) });
  const backlogs = await store.read(READ_BACKLOGS);

  return {
    warning: store.warning,
    backlogs: backlogs.map((row) => ({
      destination: String(row['destination']),
      depth: Number(row['depth']),
      bytes: Number(row['bytes']),
      oldest: Number(row['oldest']),
    })),
    append: appender.append,
    async read(destination, id) {
      const rows = await clock.hold(store.read(READ_PAGE, [destination, id]));
      return rows.map((row) => toPlace(destination, row));
    },
    async acknowledge(destination, { id, reached }) {
      const moved: Mark[] = [...reached].map(([stream, sequence]) => ({
        kind: 'acknowledged',
        destination,
        stream,
        sequence,
      }));
      const remove = { sql: 'DELETE FROM record WHERE destination = ? AND id <= ?', values: [destination, id] };
      const write: Write = [remove, writeMarks(moved)];
      await clock.hold(store.write(write));
      moved.forEach(marks.set);
    },
    acknowledged: (destination, stream) => marks.of('acknowledged', destination, stream),
    async close() {
      await appender.idle();
      await store.close();
    },
  };
}

/**
 * After damage marks may be missing. Streams without one then begin with the time in microseconds, beyond every number
 * that they can have reached before: a key is never given twice, or the receiver would take a new message for a repeat.
 */
async function forgetMarks(store: Store, damaged: readonly number[], clock: Clock): Promise<void> {
  const keep = `INSERT INTO setting (name, value) VALUES ('first_sequence', ?)
                ON CONFLICT DO UPDATE SET value = excluded.value`;
  await store.write([
    { sql: 'DELETE FROM mark WHERE id = ?', rows: damaged.map((id) => [id]) },
    { sql: keep, values: [Math.floor(clock.now()) * 1000] },
  ]);
}

/** The number with which a stream begins that has no mark. */
async function firstSequence(store: Store): Promise<number> {
  const [row] = await store.read("SELECT value FROM setting WHERE name = 'first_sequence'");
  return Number(row?.['value'] ?? 1);
}
