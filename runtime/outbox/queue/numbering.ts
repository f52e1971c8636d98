import { add, type Load, packHead, type Run } from './chunk.ts';
import type { Changes, ChunkRow, NoteRow } from './durable-store.ts';
import type { Closed } from './intake.ts';
import type { LaneState } from './lane-state.ts';
import { noteRow } from './notes.ts';
import type { StreamState, Streams } from './streams.ts';

interface Moved {
  top: number;
  total: Load;
  stored: number;
}

/** Chunks with their places and numbers, which count only when `keep` is called: a write that fails leaves no hole. */
export interface Numbered {
  readonly changes: Changes;
  keep(): void;
}

/** Beside head and body a row takes so much, bytes. */
const ROW = 24;

/** Gives chunks their places in their lanes, and their messages the numbers of their streams. */
export function numberChunks(
  chunks: readonly Closed[],
  streams: Streams,
  now: { age: number; wall: number },
): Numbered {
  const lanes = new Map<LaneState, Moved>();
  const lasts = new Map<StreamState, { first: number; last: number; lane: LaneState; chunk: number }>();
  const ends = new Map<string, number>();
  const rows: ChunkRow[] = [];
  const firsts: Map<StreamState, number>[] = [];

  for (const { lane, streams: counts, load, ttl, packed } of chunks) {
    if (!packed) continue;
    const moved = lanes.get(lane) ?? { top: lane.top, total: lane.total, stored: lane.stored };
    const chunk = moved.top + 1;
    const begin = new Map<StreamState, number>();
    const runs: Run[] = [];
    for (const [stream, count] of counts) {
      const before = ends.get(stream.stream) ?? streams.end(stream.stream);
      const known = lasts.get(stream);
      const previous = known?.last ?? stream.last;
      const first = before + 1;
      const last = before + count;
      begin.set(stream, first);
      runs.push({ stream: stream.stream, first, last, previous });
      ends.set(stream.stream, last);
      lasts.set(stream, { first: known?.first ?? (stream.first || first), last, lane, chunk });
    }
    const { body, compressed, crc } = packed;
    const expires = ttl === null ? null : Math.ceil(now.age + ttl);
    const { destination, lane: name } = lane;
    const head = packHead(
      { lane: lane.number, chunk, expires },
      { destination, lane: name, runs, load, before: moved.total, time: now.wall, age: now.age, crc, compressed },
    );
    rows.push({ ...head, body });
    firsts.push(begin);
    lanes.set(lane, {
      top: chunk,
      total: add(moved.total, load),
      stored: moved.stored + head.head.length + body.length + ROW,
    });
  }

  const notes: NoteRow[] = [
    ...[...lanes].map(([lane, moved]) => {
      const { noteId, number, destination, lane: name } = lane;
      return noteRow(noteId, { kind: 'lane', number, destination, lane: name, ...moved, ...now });
    }),
    ...[...lasts].map(([{ noteId, destination, stream }, { lane, ...rest }]) =>
      noteRow(noteId, { kind: 'stream', destination, stream, lane: lane.number, ...rest }),
    ),
  ];

  return {
    changes: { chunks: rows, notes },
    keep() {
      for (const [lane, moved] of lanes) {
        if (lane.waiting.messages === 0) lane.oldest = now.wall;
        Object.assign(lane, moved);
      }
      for (const [state, moved] of lasts) {
        // Where the stream begins at this destination: what is missing after that is a gap.
        if (state.first === 0) state.acknowledged = moved.first - 1;
        Object.assign(state, moved);
      }
      for (const [stream, end] of ends) streams.moveEnd(stream, end);
      chunks.forEach(({ messages }, index) => {
        const next = new Map(firsts[index]);
        for (const { stream, resolve } of messages) {
          const sequence = next.get(stream) ?? 0;
          next.set(stream, sequence + 1);
          stream.coming -= 1;
          resolve(sequence, now.wall);
        }
      });
    },
  };
}
