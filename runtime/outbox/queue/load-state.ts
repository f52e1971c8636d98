import type { Clock } from '../../base/index.ts';
import { unpackHead } from './chunk.ts';
import type { DurableStore, NoteRow } from './durable-store.ts';
import { LaneState } from './lane-state.ts';
import { createLanes } from './lanes.ts';
import { type Note, type NoteOf, noteRow, parseNote } from './notes.ts';
import type { NoteIds } from './numbering.ts';
import { countAnew, findAll } from './recovery.ts';
import { createStreams, newStream, reachedNote, streamNote } from './streams.ts';

type Held<K extends Note['kind']> = NoteOf<K> & { readonly id: number };

const keyOf = ({ destination, stream }: { destination: string; stream: string }) =>
  JSON.stringify([destination, stream]);

/** Numbers that no lane can have reached: a hundred chunks a second since 1970. */
const PER_CHUNK = 10;

/** More than a stream gets between one damage and the next. */
const LEAP = 1e10;

/** What the disk says of lanes, streams and destinations, as the queue keeps it in memory. */
export async function loadState(store: DurableStore, clock: Clock) {
  const rows = await store.notes();
  const notes = rows.flatMap((row) => {
    const parsed = parseNote(row);
    return parsed ? [{ ...parsed, id: row.id }] : [];
  });
  const ofKind = <K extends Note['kind']>(kind: K) => notes.filter((one): one is Held<K> => one.kind === kind);
  // Ids have no hole: one that is missing was lost.
  const expected = ofKind('lane').reduce((most, one) => Math.max(most, one.notes), Math.max(0, ...rows.map(idOf)));
  const counted = notes.reduce((sum, { id }) => sum + (id > 0 ? 1 : 0), 0);
  const damaged = store.warning !== undefined || counted < expected || notes.length < rows.length;
  const now = Math.floor(clock.now());
  const before = { firstSequence: 1, firstChunk: 1, ...pick(ofKind('queue')[0]) };
  // Above all that can have been given, also where the clock has been set back since the last damage.
  const above = (least: number, known: readonly number[], step: number) =>
    known.reduce((most, n) => Math.max(most, n + step), least);
  const floors: { firstSequence: number; readonly firstChunk: number } = damaged
    ? {
        firstSequence: above(now * 1000, [before.firstSequence, ...ofKind('stream').map(({ last }) => last)], LEAP),
        firstChunk: above(
          Math.floor(now / PER_CHUNK),
          [before.firstChunk, ...ofKind('lane').map(({ top }) => top)],
          LEAP / 1000,
        ),
      }
    : before;

  const ids: NoteIds = { last: expected };
  const lanes = createLanes(floors.firstChunk);
  const streams = createStreams(floors.firstSequence);
  const cursors = new Map(ofKind('cursor').map((one) => [one.number, one]));
  const marks = new Map(ofKind('reached').map((one) => [keyOf(one), one]));
  const last = [...ofKind('lane'), ...ofKind('cursor')].reduce(
    (latest, { age, wall }) => (age >= latest.age ? { age, wall } : latest),
    { age: 0, wall: 0 },
  );
  const paused = new Map(ofKind('destination').map((one) => [one.destination, { id: one.id, paused: one.paused }]));

  for (const one of ofKind('lane')) {
    const lane = new LaneState(one.number, one.destination, one.lane, one.top);
    Object.assign(lane, { noteId: one.id, total: one.total, stored: one.stored });
    const cursor = cursors.get(one.number);
    if (cursor) {
      const { id: cursorId, chunk, index, done, gone, freed } = cursor;
      Object.assign(lane, { cursorId, cursor: { chunk, index }, done, gone, freed });
    } else lane.cursor = { chunk: 0, index: 0 };
    lanes.restore(lane);
  }
  for (const one of ofKind('stream')) {
    const mark = marks.get(keyOf(one));
    streams.restore({
      ...newStream(one.destination, one.stream),
      ...{ noteId: one.id, first: one.first, last: one.last, lane: lanes.byNumber(one.lane), chunk: one.chunk },
      ...{ reachedId: mark?.id ?? 0, acknowledged: mark?.sequence ?? one.first - 1, from: mark?.from ?? 0 },
      relayed: one.relayed ?? false,
    });
    streams.moveEnd(one.stream, one.last);
  }

  /** After damage: what the notes do not say any more is taken from the directories, and everything is noted anew. */
  const recover = async () => {
    const found = await findAll(store);
    for (const one of found.lanes.values()) {
      const held = lanes.byNumber(one.number);
      const lane = held ?? lanes.restore(new LaneState(one.number, one.destination, one.lane, 0));
      const first = one.heads[0]?.row.chunk ?? one.top;
      if (lane.cursorId === 0) lane.cursor = { chunk: first, index: 0 };
      lane.top = Math.max(lane.top, one.top, held ? 0 : floors.firstChunk);
      Object.assign(lane, countAnew(one, lane.cursor.chunk), { stored: one.bytes, freed: 0 });
    }
    for (const [key, one] of found.streams) {
      const known = streams.find(one.destination, one.stream);
      if (!known) {
        const { destination, stream, first, last: end, chunk } = one;
        const lane = lanes.byNumber(one.lane);
        streams.restore({ ...newStream(destination, stream), first, last: end, lane, chunk });
        // Newer ones may have been lost.
        streams.moveEnd(stream, floors.firstSequence - 1);
      }
      const state = known ?? streams.find(one.destination, one.stream);
      const mark = marks.get(key);
      if (state) state.acknowledged = mark?.sequence ?? Math.max(state.first - 1, one.previous);
    }
    for (const state of streams.all()) {
      if (!marks.has(keyOf(state)) && !found.streams.has(keyOf(state))) state.acknowledged = state.last;
    }
    await store.write({ notes: noteAll() }, true);
  };

  const noteAll = (): NoteRow[] => {
    const all: NoteRow[] = [noteRow(QUEUE_NOTE, { kind: 'queue', ...floors })];
    const write = (id: number, note: Note) => {
      const used = id === 0 ? ++ids.last : id;
      all.push(noteRow(used, note));
      return used;
    };
    for (const lane of lanes.all()) lane.cursorId = write(lane.cursorId, lane.cursorNote({ age: last.age, wall: now }));
    for (const stream of streams.all()) {
      stream.noteId = write(stream.noteId, streamNote(stream));
      stream.reachedId = write(stream.reachedId, reachedNote(stream));
    }
    for (const lane of lanes.all()) if (lane.noteId === 0) lane.noteId = ++ids.last;
    for (const { noteId, number, destination, lane, top, total, stored } of lanes.all()) {
      const at = { age: last.age, wall: now, notes: ids.last };
      all.push(noteRow(noteId, { kind: 'lane', number, destination, lane, top, total, stored, ...at }));
    }
    const written = new Set(all.map(idOf));
    const sound = new Set(notes.map(idOf));
    // Whatever else is damaged or missing is replaced by nothing.
    for (let id = 1; id <= ids.last; id += 1) {
      if (!written.has(id) && !sound.has(id)) all.push(noteRow(id, { kind: 'none' }));
    }
    for (const { id } of rows) {
      if (id < 0 && !written.has(id) && !sound.has(id)) all.push(noteRow(id, { kind: 'none' }));
    }
    return all;
  };

  if (damaged) await recover();
  for (const lane of lanes.all()) {
    if (lane.waiting.messages === 0) continue;
    const [row] = await store.heads(lane.number, lane.cursor.chunk, 1);
    lane.oldest = (row && unpackHead(row)?.time) ?? now;
  }
  await removePassed(store, lanes.all());

  let lowest = Math.min(QUEUE_NOTE, ...rows.map(idOf));
  return {
    lanes,
    streams,
    ids,
    last,
    noteAll,
    /** Streams of which nothing is known begin with this number. */
    beginAt(firstSequence: number): void {
      floors.firstSequence = Math.max(floors.firstSequence, firstSequence);
      streams.beginAt(floors.firstSequence);
    },
    destinations: {
      paused: (destination: string) => paused.get(destination)?.paused ?? false,
      /** @returns the note that says so */
      set(destination: string, value: boolean): { id: number; note: Note } {
        const id = paused.get(destination)?.id ?? --lowest;
        paused.set(destination, { id, paused: value });
        return { id, note: { kind: 'destination', destination, paused: value } };
      },
    },
  };
}

export type QueueState = Awaited<ReturnType<typeof loadState>>;

const QUEUE_NOTE = -1;

const pick = (note: NoteOf<'queue'> | undefined) =>
  note && { firstSequence: note.firstSequence, firstChunk: note.firstChunk };

const idOf = ({ id }: { readonly id: number }) => id;

/** What lay before the cursors when the last run ended. */
async function removePassed(store: DurableStore, lanes: Iterable<LaneState>): Promise<void> {
  for (const lane of lanes) {
    for (;;) {
      const passed = (await store.heads(lane.number, 0, 256)).filter(({ chunk }) => chunk < lane.cursor.chunk);
      const last = passed.at(-1);
      if (!last) break;
      await store.write({ removed: [{ lane: lane.number, from: 0, to: last.chunk }] }, true).catch(() => undefined);
      lane.freed += passed.reduce((sum, { bytes }) => sum + bytes, 0);
      if (passed.length < 256) break;
    }
    if (lane.empty) lane.freed = lane.stored;
  }
}
