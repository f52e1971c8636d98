import type { LaneState } from './lane-state.ts';

/** A stream at a destination. */
export interface StreamState {
  readonly destination: string;
  readonly stream: string;
  readonly noteId: number;
  readonly reachedId: number;
  /** The first number that was for this destination; 0: none was yet. */
  first: number;
  /** The last that is on disk. */
  last: number;
  acknowledged: number;
  /** Where the last of it lies. */
  lane: LaneState | undefined;
  chunk: number;
  /** Messages that are on their way to the disk. */
  coming: number;
}

/** The streams of all destinations, and the last number of each over all of them: none is given twice. */
export function createStreams(firstSequence: number, nextNote: () => number) {
  const destinations = new Map<string, Map<string, StreamState>>();
  const ends = new Map<string, number>();

  const of = (destination: string, stream: string): StreamState => {
    let streams = destinations.get(destination);
    if (!streams) destinations.set(destination, (streams = new Map()));
    let state = streams.get(stream);
    if (!state) {
      const ids = { noteId: nextNote(), reachedId: nextNote() };
      const none = { first: 0, last: 0, acknowledged: 0, lane: undefined, chunk: 0, coming: 0 };
      streams.set(stream, (state = { destination, stream, ...ids, ...none }));
    }
    return state;
  };

  return {
    of,
    /** Puts back what the disk says. */
    restore(state: StreamState): void {
      let streams = destinations.get(state.destination);
      if (!streams) destinations.set(state.destination, (streams = new Map()));
      streams.set(state.stream, state);
    },
    find: (destination: string, stream: string) => destinations.get(destination)?.get(stream),
    end: (stream: string) => ends.get(stream) ?? firstSequence - 1,
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

/** Something of the stream waits: the next goes to the same lane, or it would overtake. */
export const keepsLane = ({ coming, lane, chunk, last, acknowledged }: StreamState) =>
  coming > 0 || (lane !== undefined && acknowledged < last && chunk >= lane.cursor.chunk);
