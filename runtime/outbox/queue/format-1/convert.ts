import type { Row, Statement, Store } from '../../../storage/index.ts';
import { NOTHING, add, packBody, packHead, type Run } from '../chunk.ts';
import type { Changes } from '../durable-store.ts';
import type { LaneState } from '../lane-state.ts';
import type { QueueState } from '../load-state.ts';
import { parseMarks, READ_MARKS } from './marks.ts';
import { ROW_BYTES } from '../numbering.ts';
import { RECORD_COLUMNS, toPlace } from './record.ts';
import { statements } from '../sqlite-store.ts';
import { newStream } from '../streams.ts';

const PAGE = 500;

interface ConvertOptions {
  readonly store: Store;
  readonly state: QueueState;
  readonly now: { readonly age: number; readonly wall: number };
}

/**
 * Turns what format 1 kept, a message a row, into chunks of the lane `live`. A page at a time, each removed in the write
 * that adds its chunk: a kill in between loses nothing and doubles nothing.
 */
export async function convert({ store, state, now }: ConvertOptions): Promise<void> {
  const { lanes, streams } = state;
  const marks = await store.read(READ_MARKS);
  const [left] = await store.read('SELECT count(*) AS records FROM record');
  if (marks.length === 0 && Number(left?.['records']) === 0) return;

  const { sound, damaged } = parseMarks(marks);
  const [setting] = await store.read("SELECT value FROM setting WHERE name = 'first_sequence'");
  if (setting) state.beginAt(Number(setting['value']));
  // A mark that is lost may have been of any stream: one without a mark begins beyond every number that it can have had.
  if (store.warning || damaged.length > 0) state.beginAt(now.wall * 1000);
  for (const { kind, destination, stream, sequence } of sound) {
    if (kind !== 'appended') continue;
    const known = streams.find(destination, stream);
    if (known && known.first > 0) continue;
    const mark = sound.find(
      (one) => one.kind === 'acknowledged' && one.destination === destination && one.stream === stream,
    );
    const acknowledged = mark?.sequence ?? 0;
    const lane = lanes.of(destination, 'live');
    const rest = { first: acknowledged + 1, last: sequence, acknowledged, lane, chunk: Number.MAX_SAFE_INTEGER };
    streams.restore({ ...newStream(destination, stream), ...rest });
    streams.moveEnd(stream, sequence);
  }

  const destinations = await store.read('SELECT DISTINCT destination FROM record');
  for (const row of destinations) await convertDestination(String(row['destination']));
  for (const stream of streams.all()) {
    if (stream.lane && stream.chunk > stream.lane.top) stream.chunk = stream.lane.top;
  }
  await write({ notes: state.noteAll() }, [{ sql: 'DELETE FROM mark' }, { sql: 'DELETE FROM setting' }]);

  async function convertDestination(destination: string): Promise<void> {
    const lane = lanes.of(destination, 'live');
    for (;;) {
      const page = await store.read(
        `SELECT id, ${RECORD_COLUMNS} FROM record WHERE destination = ? ORDER BY id LIMIT ?`,
        [destination, PAGE],
      );
      const last = page.at(-1);
      if (!last) return;
      const chunk = await toChunk(lane, page, destination);
      const remove = {
        sql: 'DELETE FROM record WHERE destination = ? AND id <= ?',
        values: [destination, last['id'] ?? 0],
      };
      if (chunk) {
        const { top, total, stored } = chunk.lane;
        Object.assign(lane, { top, total, stored });
      }
      await write({ chunks: chunk ? [chunk.row] : [], notes: state.noteAll() }, [remove]);
    }
  }

  async function toChunk(lane: LaneState, page: readonly Row[], destination: string) {
    const records = page.flatMap((row) => toPlace(destination, row).record ?? []);
    const [first] = records;
    if (!first) return undefined;
    const runs: Run[] = [];
    const order = records.map(({ stream, sequence, previous }) => {
      const at = runs.findLastIndex((run) => run.stream === stream);
      const run = runs[at];
      if (run && run.last === previous && sequence === previous + 1) {
        runs[at] = { ...run, last: sequence };
        return at;
      }
      return runs.push({ stream, first: sequence, last: sequence, previous }) - 1;
    });
    const texts = records.map(({ body }) => body);
    const load = texts.reduce((sum, text) => add(sum, { messages: 1, bytes: Buffer.byteLength(text) }), NOTHING);
    const { body, compressed, crc } = await packBody(texts, { runs: order, whole: true });
    const chunk = Math.max(lane.top, lane.cursor.chunk - 1) + 1;
    const head = packHead(
      { lane: lane.number, chunk, expires: null },
      {
        ...{ destination, lane: lane.lane, runs, load, before: lane.total, time: first.time, age: now.age },
        ...{ crc, compressed },
      },
    );
    const stored = lane.stored + head.head.length + body.length + ROW_BYTES;
    return { row: { ...head, body }, lane: { top: chunk, total: add(lane.total, load), stored } };
  }

  // In one transaction with statements that only format 1 needs.
  async function write(changes: Changes, more: readonly Statement[]): Promise<void> {
    await store.write([...statements(changes), ...more]);
  }
}
