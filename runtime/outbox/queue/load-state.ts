import type { Clock } from '../../base/index.ts';
import type { Lane } from '../schema.ts';
import type { createDeadLetters } from './dead-letters.ts';
import type { DurableStore } from './durable-store.ts';
import { createGaps } from './gaps.ts';
import { unpackHead } from './chunk.ts';
import { LaneState } from './lane-state.ts';
import { type Note, parseNote } from './notes.ts';
import { createStreams, type StreamState } from './streams.ts';
import type { LedgerStream } from './types.ts';

type Of<K extends Note['kind']> = Extract<Note, { kind: K }> & { readonly id: number };

/** What the disk says of lanes, streams and destinations, as the queue keeps it in memory. */
export async function loadState(store: DurableStore, _clock: Clock) {
  const rows = await store.notes();
  let note = rows.reduce((most, { id }) => Math.max(most, id), 0);
  const nextNote = () => ++note;
  const notes = rows.flatMap((row) => {
    const parsed = parseNote(row);
    return parsed ? [{ ...parsed, id: row.id }] : [];
  });
  const ofKind = <K extends Note['kind']>(kind: K) => notes.filter((one): one is Of<K> => one.kind === kind);
  const firstSequence = ofKind('queue')[0]?.firstSequence ?? 1;

  const lanes = createLanes(nextNote);
  const cursors = new Map(ofKind('cursor').map((one) => [one.number, one]));
  let last = { age: 0, wall: 0 };
  const later = (one: { age: number; wall: number } | undefined) => {
    if (one && one.age >= last.age) last = { age: one.age, wall: one.wall };
  };
  for (const one of ofKind('lane')) {
    const cursor = cursors.get(one.number);
    const lane = new LaneState(one.number, one.destination, one.lane, one.id, cursor?.id ?? nextNote(), one.top);
    lane.total = one.total;
    lane.stored = one.stored;
    lane.cursor = { chunk: cursor?.chunk ?? 0, index: cursor?.index ?? 0 };
    Object.assign(lane, cursor && { done: cursor.done, gone: cursor.gone, freed: cursor.freed });
    lanes.restore(lane);
    later(one);
    later(cursor);
    if (lane.waiting.messages === 0) continue;
    const [row] = await store.heads(lane.number, lane.cursor.chunk, 1);
    lane.oldest = (row && unpackHead(row)?.time) ?? one.wall;
  }

  const streams = createStreams(firstSequence, nextNote);
  const key = (destination: string, stream: string) => JSON.stringify([destination, stream]);
  const reached = new Map(ofKind('reached').map((one) => [key(one.destination, one.stream), one]));
  for (const one of ofKind('stream')) {
    const { destination, stream, first, last: end, chunk } = one;
    const mark = reached.get(key(destination, stream));
    const restored: StreamState = {
      destination,
      stream,
      noteId: one.id,
      reachedId: mark?.id ?? nextNote(),
      first,
      last: end,
      acknowledged: mark?.sequence ?? first - 1,
      lane: lanes.byNumber(one.lane),
      chunk,
      coming: 0,
    };
    streams.restore(restored);
    streams.moveEnd(stream, end);
  }

  const paused = new Map(ofKind('destination').map((one) => [one.destination, { id: one.id, paused: one.paused }]));
  const gaps = await createGaps(store);

  return {
    lanes,
    streams,
    last,
    gaps,
    nextNote,
    destinations: {
      paused: (destination: string) => paused.get(destination)?.paused ?? false,
      set(destination: string, value: boolean): { id: number; note: Note } {
        const id = paused.get(destination)?.id ?? nextNote();
        paused.set(destination, { id, paused: value });
        return { id, note: { kind: 'destination', destination, paused: value } };
      },
    },
    async ledger(letters: Awaited<ReturnType<typeof createDeadLetters>>): Promise<readonly LedgerStream[]> {
      const dead = await letters.sequences();
      const told = await gaps.all();
      return [...streams.all()]
        .filter(({ first }) => first > 0)
        .map(({ destination, stream, first, last: appended, acknowledged }) => ({
          destination,
          stream,
          first,
          appended,
          acknowledged,
          gaps: told.get(key(destination, stream)) ?? [],
          dead: dead.get(key(destination, stream)) ?? [],
        }));
    },
  };
}

/** The lanes by destination and by number. */
function createLanes(nextNote: () => number) {
  const byName = new Map<string, Map<Lane, LaneState>>();
  const byNumber = new Map<number, LaneState>();
  const restore = (lane: LaneState) => {
    const lanes = byName.get(lane.destination) ?? new Map<Lane, LaneState>();
    byName.set(lane.destination, lanes.set(lane.lane, lane));
    byNumber.set(lane.number, lane);
    return lane;
  };
  const find = (destination: string, lane: Lane) => byName.get(destination)?.get(lane);
  return {
    restore,
    find,
    byNumber: (number: number) => byNumber.get(number),
    all: () => byNumber.values(),
    of(destination: string, lane: Lane): LaneState {
      const held = find(destination, lane);
      if (held) return held;
      const number = Math.max(0, ...byNumber.keys()) + 1;
      return restore(new LaneState(number, destination, lane, nextNote(), nextNote(), 0));
    },
  };
}
