import type { Changes, DeadRow, NoteRow } from './durable-store.ts';
import type { LaneState } from './lane-state.ts';
import { type Note, noteRow } from './notes.ts';
import type { StreamState } from './streams.ts';

interface Waiter {
  resolve(): void;
  reject(error: unknown): void;
}

interface Pending {
  messages: number;
  readonly lanes: Set<LaneState>;
  readonly streams: Set<StreamState>;
  readonly notes: Map<number, Note>;
  readonly dead: Omit<DeadRow, 'id'>[];
  readonly deadRemoved: number[];
  readonly deadChanged: Pick<DeadRow, 'id' | 'head' | 'crc'>[];
  readonly gaps: Map<number, NoteRow>;
  readonly waiters: Waiter[];
}

const nothing = (): Pending => ({
  messages: 0,
  lanes: new Set(),
  streams: new Set(),
  notes: new Map(),
  dead: [],
  deadRemoved: [],
  deadChanged: [],
  gaps: new Map(),
  waiters: [],
});

/** Behind the cursor of a lane so many chunks may lie before they are removed, unless nothing else is to be done. */
const TRIM = 16;

/** What was acknowledged and is not on disk yet. All of one `take` is kept together or not at all. */
export function createAcknowledgements(now: () => { age: number; wall: number }) {
  let pending = nothing();
  return {
    get pending(): Pending {
      return pending;
    },
    get any(): boolean {
      const { lanes, streams, notes, dead, deadRemoved, deadChanged, gaps, waiters } = pending;
      return (
        lanes.size + streams.size + notes.size + gaps.size > 0 ||
        dead.length + deadRemoved.length + deadChanged.length + waiters.length > 0
      );
    },
    /** @param thoroughly remove every chunk that may be removed, however few they are */
    take(thoroughly: boolean): { readonly changes: Changes; done(): void; failed(): void } {
      const taken = pending;
      pending = nothing();
      const { age, wall } = now();
      const trims = [...taken.lanes]
        .filter((lane) => lane.removable >= TRIM || lane.empty || thoroughly)
        .map((lane) => lane.takePassed());
      const changes: Changes = {
        removed: trims.flatMap(({ ranges }) => ranges),
        dead: taken.dead,
        deadRemoved: taken.deadRemoved,
        deadChanged: taken.deadChanged,
        gaps: [...taken.gaps.values()],
        notes: [
          ...[...taken.lanes].map((lane) => noteRow(lane.cursorId, lane.cursorNote(age, wall))),
          ...[...taken.streams].map(({ reachedId, destination, stream, acknowledged }) =>
            noteRow(reachedId, { kind: 'reached', destination, stream, sequence: acknowledged }),
          ),
          ...[...taken.notes].map(([id, note]) => noteRow(id, note)),
        ],
      };
      return {
        changes,
        done: () => taken.waiters.forEach(({ resolve }) => resolve()),
        failed() {
          for (const trim of trims) trim.putBack();
          const newer = pending;
          pending = {
            messages: taken.messages + newer.messages,
            lanes: new Set([...taken.lanes, ...newer.lanes]),
            streams: new Set([...taken.streams, ...newer.streams]),
            notes: new Map([...taken.notes, ...newer.notes]),
            dead: [...taken.dead, ...newer.dead],
            deadRemoved: [...taken.deadRemoved, ...newer.deadRemoved],
            deadChanged: [...taken.deadChanged, ...newer.deadChanged],
            gaps: new Map([...taken.gaps, ...newer.gaps]),
            waiters: [...taken.waiters, ...newer.waiters],
          };
        },
      };
    },
    /** Nothing is written any more. */
    giveUp(error: unknown): void {
      for (const { reject } of pending.waiters) reject(error);
      pending = nothing();
    },
  };
}

export type Acknowledgements = ReturnType<typeof createAcknowledgements>;
