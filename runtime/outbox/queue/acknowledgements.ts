import { add, type Load, subtract } from './chunk.ts';
import type { Changes, DeadRow, NoteRow } from './durable-store.ts';
import type { LaneState } from './lane-state.ts';
import { type Note, noteRow } from './notes.ts';
import { reachedNote, type StreamState } from './streams.ts';

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
  readonly drops: Drop[];
  gapsRemoved: number;
  readonly waiters: Waiter[];
}

/** Chunks whose messages are dropped: what is left of them, and what that makes of the lane's counts. */
export interface Drop {
  readonly lane: LaneState;
  readonly changes: Pick<Changes, 'removed' | 'chunks'>;
  readonly load: Load;
  readonly bytes: number;
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
  drops: [],
  gapsRemoved: 0,
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
      const { lanes, streams, notes, dead, deadRemoved, deadChanged, gaps, drops, waiters } = pending;
      return (
        lanes.size + streams.size + notes.size + gaps.size > 0 ||
        dead.length + deadRemoved.length + deadChanged.length + drops.length + waiters.length > 0
      );
    },
    /** @param thoroughly remove every chunk that may be removed, however few they are */
    take(thoroughly: boolean): { readonly changes: Changes; done(): void; failed(): void } {
      const taken = pending;
      pending = nothing();
      const at = now();
      for (const { lane, load, bytes } of taken.drops) {
        lane.gone = add(lane.gone, load);
        lane.freed += bytes;
        taken.lanes.add(lane);
      }
      const trims = [...taken.lanes]
        .filter((lane) => lane.removable >= TRIM || lane.empty || thoroughly)
        .map((lane) => lane.takePassed());
      // A lane whose first chunk is not on disk yet has no note, and nothing to say.
      const lanes = [...taken.lanes].filter(({ cursorId }) => cursorId > 0);
      const streams = [...taken.streams].filter(({ reachedId }) => reachedId > 0);
      const changes: Changes = {
        removed: [
          ...trims.flatMap(({ ranges }) => ranges),
          ...taken.drops.flatMap(({ changes }) => changes.removed ?? []),
        ],
        chunks: taken.drops.flatMap(({ changes }) => changes.chunks ?? []),
        dead: taken.dead,
        deadRemoved: taken.deadRemoved,
        deadChanged: taken.deadChanged,
        gaps: [...taken.gaps.values()],
        gapsRemoved: taken.gapsRemoved > 0 ? [taken.gapsRemoved] : [],
        notes: [
          ...lanes.map((lane) => noteRow(lane.cursorId, lane.cursorNote(at))),
          ...streams.map((stream) => noteRow(stream.reachedId, reachedNote(stream))),
          ...[...taken.notes].map(([id, note]) => noteRow(id, note)),
        ],
      };
      return {
        changes,
        done: () => taken.waiters.forEach(({ resolve }) => resolve()),
        failed() {
          for (const trim of trims) trim.putBack();
          for (const { lane, load, bytes } of taken.drops) {
            lane.gone = subtract(lane.gone, load);
            lane.freed -= bytes;
          }
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
            drops: [...taken.drops, ...newer.drops],
            gapsRemoved: Math.max(taken.gapsRemoved, newer.gapsRemoved),
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
