import { add, type Load, packHead, type Run } from './chunk.ts';
import type { Changes, ChunkRow, DeadRow, NoteRow } from './durable-store.ts';
import type { Closed } from './intake.ts';
import type { LaneState } from './lane-state.ts';
import { type Note, noteRow } from './notes.ts';
import { reachedNote, streamNote, type StreamState, type Streams } from './streams.ts';

/** Chunks with their places and numbers, which count only when `keep` is called: a write that fails leaves no hole. */
export interface Numbered {
  readonly changes: Changes;
  keep(): void;
}

/** Beside head and body a row takes so much, bytes. */
export const ROW_BYTES = 24;

interface Moved {
  readonly top: number;
  readonly total: Load;
  readonly stored: number;
}

interface MovedStream {
  readonly first: number;
  readonly last: number;
  readonly acknowledged: number;
  readonly lane: LaneState;
  readonly chunk: number;
  readonly relayed: boolean;
}

/** The ids of notes: without a hole, so that one that vanished is missed. */
export interface NoteIds {
  last: number;
}

/** Gives chunks their places in their lanes, and their messages the numbers of their streams. */
export function numberChunks(
  chunks: readonly Closed[],
  streams: Streams,
  ids: NoteIds,
  now: { readonly age: number; readonly wall: number },
): Numbered {
  const lanes = new Map<LaneState, Moved>();
  const moved = new Map<StreamState, MovedStream>();
  const ends = new Map<string, number>();
  const rows: ChunkRow[] = [];
  const deadChanged: Pick<DeadRow, 'id' | 'head' | 'crc'>[] = [];
  const deadRemoved: number[] = [];
  const firsts: ReadonlyMap<StreamState, number>[] = [];

  const runsOf = ({ lane, streams: counts, relayed: passedOn }: Closed, chunk: number) => {
    const begin = new Map<StreamState, number>();
    const runs: Run[] = [];
    for (const [stream, count] of counts) {
      const known = moved.get(stream);
      const before = ends.get(stream.stream) ?? streams.end(stream.stream);
      const previous = known?.last ?? stream.last;
      const [first, last] = [before + 1, before + count];
      begin.set(stream, first);
      runs.push({ stream: stream.stream, first, last, previous });
      ends.set(stream.stream, last);
      // Where the stream begins at this destination: what is missing after that is a gap.
      const starts = known ?? (stream.first > 0 ? stream : { first, acknowledged: first - 1 });
      const relayed = (known ?? stream).relayed || (passedOn?.has(stream) ?? false);
      moved.set(stream, { first: starts.first, acknowledged: starts.acknowledged, last, lane, chunk, relayed });
    }
    return { begin, runs };
  };

  for (const closed of chunks) {
    const { lane, load, ttl, packed, resent, deleted } = closed;
    if (!packed) continue;
    const at = lanes.get(lane) ?? { top: lane.top, total: lane.total, stored: lane.stored };
    const chunk = at.top + 1;
    const { begin, runs } = runsOf(closed, chunk);
    const { body, compressed, crc } = packed;
    const outside = (resent ?? deleted)?.map(({ stream, sequence }) => {
      return { stream, first: sequence, last: sequence, previous: -1 };
    });
    const head = packHead(
      { lane: lane.number, chunk, expires: ttl === null ? null : Math.ceil(now.age + ttl) },
      {
        destination: lane.destination,
        lane: lane.lane,
        runs: outside ?? runs,
        load,
        before: at.total,
        time: now.wall,
        age: now.age,
        crc,
        compressed,
        ...(resent && { letters: resent.map(({ id }) => id) }),
        ...(deleted && { reason: DELETED }),
      },
    );
    rows.push({ ...head, body: deleted ? null : body });
    if (resent) deadChanged.push(...resent);
    if (deleted) deadRemoved.push(...deleted.map(({ id }) => id));
    firsts.push(begin);
    const stored = at.stored + head.head.length + (deleted ? 0 : body.length) + ROW_BYTES;
    lanes.set(lane, { top: chunk, total: add(at.total, load), stored });
  }

  let last = ids.last;
  const kept: (() => void)[] = [];
  const notes: NoteRow[] = [];
  /** Writes a note; one that is not on disk yet gets its id, which counts when the write has succeeded. */
  const write = (id: number, note: () => Note, keepId: (id: number) => void) => {
    const used = id > 0 ? id : ++last;
    if (id === 0) kept.push(() => keepId(used));
    notes.push(noteRow(used, note()));
  };
  for (const lane of lanes.keys()) {
    if (lane.cursorId === 0)
      write(
        0,
        () => lane.cursorNote(now),
        (id) => (lane.cursorId = id),
      );
  }
  for (const [stream, { acknowledged, ...at }] of moved) {
    write(
      stream.noteId,
      () => streamNote({ ...stream, ...at }),
      (id) => (stream.noteId = id),
    );
    const reached = () => reachedNote({ ...stream, acknowledged });
    if (stream.reachedId === 0) write(0, reached, (id) => (stream.reachedId = id));
  }
  for (const [lane, at] of lanes) {
    const { number, destination, lane: name } = lane;
    const note = (): Note => ({ kind: 'lane', number, destination, lane: name, ...at, ...now, notes: last });
    write(lane.noteId, note, (id) => (lane.noteId = id));
  }

  return {
    changes: { chunks: rows, notes, deadChanged, deadRemoved },
    keep() {
      ids.last = last;
      for (const keep of kept) keep();
      for (const [lane, at] of lanes) {
        if (lane.waiting.messages === 0) lane.oldest = now.wall;
        Object.assign(lane, at);
      }
      for (const [state, { acknowledged, ...at }] of moved) {
        if (state.first === 0) state.acknowledged = acknowledged;
        Object.assign(state, at);
      }
      for (const [stream, end] of ends) streams.moveEnd(stream, end);
      chunks.forEach(({ messages }, index) => {
        const next = new Map(firsts[index]);
        for (const { stream, resolve } of messages) {
          const sequence = next.get(stream) ?? 0;
          next.set(stream, sequence + 1);
          resolve(sequence, now.wall);
        }
      });
    },
  };
}

/** Why a dead letter will never come. */
export const DELETED = 'deleted by hand';
