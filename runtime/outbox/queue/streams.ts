import type { LaneState } from './lane-state.ts';
import type { NoteOf } from './notes.ts';

/** A stream at a destination. */
export interface StreamState {
  readonly destination: string;
  readonly stream: string;
  /** 0 until they are on disk. */
  noteId: number;
  reachedId: number;
  /** The first number that was for this destination; 0: none was yet. */
  first: number;
  /** The last that is on disk. */
  last: number;
  acknowledged: number;
  /** The ledger speaks of the stream from this number on. */
  from: number;
  /** Where the last of it lies. */
  lane: LaneState | undefined;
  chunk: number;
  /** Messages that are on their way to the disk. */
  coming: number;
  /** Messages of it went out under keys that they had: the receiver has them under those, not under this stream's numbers. */
  relayed: boolean;
}

/** The streams of all destinations, and the last number of each over all of them: none is given twice. */
export function createStreams(begin: number) {
  const destinations = new Map<string, Map<string, StreamState>>();
  const ends = new Map<string, number>();
  let firstSequence = begin;
  let count = 0;

  const restore = (state: StreamState): StreamState => {
    const streams = destinations.get(state.destination) ?? new Map<string, StreamState>();
    destinations.set(state.destination, streams);
    if (!streams.has(state.stream)) count += 1;
    streams.set(state.stream, state);
    return state;
  };
  const find = (destination: string, stream: string) => destinations.get(destination)?.get(stream);

  return {
    find,
    restore,
    get count(): number {
      return count;
    },
    of: (destination: string, stream: string): StreamState =>
      find(destination, stream) ?? restore(newStream(destination, stream)),
    end: (stream: string) => ends.get(stream) ?? firstSequence - 1,
    beginAt: (sequence: number) => void (firstSequence = sequence),
    moveEnd(stream: string, sequence: number): void {
      if (sequence > (ends.get(stream) ?? 0)) ends.set(stream, sequence);
    },
    *all(): Generator<StreamState> {
      for (const streams of destinations.values()) yield* streams.values();
    },
    ofDestination: (destination: string) => destinations.get(destination)?.values() ?? [],
  };
}

export type Streams = ReturnType<typeof createStreams>;

export function newStream(destination: string, stream: string): StreamState {
  const none = { first: 0, last: 0, acknowledged: 0, from: 0, lane: undefined, chunk: 0, coming: 0, relayed: false };
  return { destination, stream, noteId: 0, reachedId: 0, ...none };
}

/** Something of the stream waits: the next goes to the same lane, or it would overtake. */
export const keepsLane = ({ coming, lane, chunk, last, acknowledged }: StreamState) =>
  coming > 0 || (lane !== undefined && acknowledged < last && chunk >= lane.cursor.chunk);

export const streamNote = (state: StreamState): NoteOf<'stream'> => {
  const { destination, stream, first, last, lane, chunk, relayed } = state;
  const at = { destination, stream, first, last, lane: lane?.number ?? 0, chunk };
  return { kind: 'stream', ...at, ...(relayed && { relayed }) };
};

export const reachedNote = ({ destination, stream, acknowledged, from }: StreamState): NoteOf<'reached'> => ({
  kind: 'reached',
  destination,
  stream,
  sequence: acknowledged,
  from,
});
