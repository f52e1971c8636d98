import { add, endOf, type Head, type Load, NOTHING, packHead, type Run, subtract, unpackHead } from './chunk.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import type { ChunkRow, DurableStore, HeadRow } from './durable-store.ts';
import type { LaneState } from './lane-state.ts';
import type { Dropped } from './types.ts';

export const EXPIRED = 'expired';
export const DROPPED = 'dropped for newer ones';

interface DropsOptions {
  readonly store: DurableStore;
  readonly acknowledgements: Acknowledgements;
  readonly lanes: { byNumber(number: number): LaneState | undefined };
  readonly age: () => number;
  /** Something is to be written at once. */
  readonly urgent: () => void;
  readonly tell: (dropped: Dropped) => void;
}

interface Found {
  readonly row: HeadRow;
  readonly head: Head;
}

const PAGE = 256;

/**
 * Drops whole chunks: their bodies go, their directories stay until the receiver was told. Dropped chunks that follow one
 * another become one, so that a gateway which is offline for months does not keep a line of each.
 */
export function createDrops({ store, acknowledgements, lanes, age, urgent, tell }: DropsOptions) {
  /** Replaces neighbours by one row. In the lane's turn. */
  const drop = async (lane: LaneState, found: readonly Found[], reason: string): Promise<void> => {
    const [first] = found;
    if (!first) return;
    const before = await store.headBefore(lane.number, first.row.chunk);
    const head = before && before.chunk >= lane.untouched ? unpackHead(before) : undefined;
    const joins = before && head && head.reason === reason && isNext(head, first.head);
    const all = joins ? [{ row: before, head }, ...found] : found;
    const row = merge(lane, all, reason);
    const left = unpackHead(row)?.load ?? NOTHING;
    const load = subtract(sumOf(all), left);
    const bytes = all.reduce((sum, one) => sum + one.row.bytes, 0) - row.head.length;
    const removed = { lane: lane.number, from: all[0]?.row.chunk ?? row.chunk, to: row.chunk };
    const written = new Promise<void>((resolve, reject) => {
      acknowledgements.pending.drops.push({ lane, changes: { removed: [removed], chunks: [row] }, load, bytes });
      acknowledgements.pending.waiters.push({ resolve, reject });
    });
    urgent();
    await written;
    lane.drops += 1;
    for (const one of found) tellOf(lane, one.head, reason, tell);
  };

  const expireLane = (lane: LaneState, rows: readonly HeadRow[]) =>
    lane.exclusively(async () => {
      const untouched = lane.untouched;
      const found = sound(rows.filter(({ chunk }) => chunk >= untouched)).sort((a, b) => a.row.chunk - b.row.chunk);
      for (const neighbours of groups(found)) await drop(lane, neighbours, EXPIRED);
      return found.length;
    });

  return {
    /** Drops the chunks of which every message has waited too long. */
    async expire(): Promise<void> {
      for (;;) {
        const rows = await store.expired(age(), PAGE * 4);
        let dropped = 0;
        for (const number of new Set(rows.map((row) => row.lane))) {
          const lane = lanes.byNumber(number);
          const own = rows.filter((row) => row.lane === number);
          if (lane) dropped += await expireLane(lane, own);
        }
        if (dropped === 0) return;
      }
    },
    /** Drops the oldest chunks of a lane that were not handed out. @returns how many bytes that makes free */
    oldest: (lane: LaneState, bytes: number) =>
      lane.exclusively(async () => {
        const rows = await store.heads(lane.number, lane.untouched, PAGE);
        const found: Found[] = [];
        let freed = 0;
        for (const one of sound(rows)) {
          if (one.head.reason !== undefined || one.head.letters) continue;
          if (freed >= bytes) break;
          freed += one.row.bytes;
          found.push(one);
        }
        for (const neighbours of groups(found)) await drop(lane, neighbours, DROPPED);
        return freed;
      }),
  };
}

function tellOf(lane: LaneState, head: Head, reason: string, tell: (dropped: Dropped) => void): void {
  const { destination, lane: name } = lane;
  const counted = head.runs.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  for (const { stream, first, last } of head.runs) {
    const messages = last - first + 1;
    const bytes = Math.round((head.load.bytes * messages) / Math.max(1, counted));
    tell({ destination, lane: name, stream, gap: { first, last, reason }, messages, bytes });
  }
}

const sound = (rows: readonly HeadRow[]): Found[] =>
  rows.flatMap((row) => {
    const head = unpackHead(row);
    return head ? [{ row, head }] : [];
  });

const sumOf = (found: readonly Found[]): Load => found.reduce((sum, { head }) => add(sum, head.load), NOTHING);

/** Nothing lies between the two: what the lane had taken says so. */
const isNext = (head: Head, next: Head) => endOf(head).messages === next.before.messages;

function groups(found: readonly Found[]): Found[][] {
  const all: Found[][] = [];
  for (const one of found) {
    const group = all.at(-1);
    const last = group?.at(-1);
    if (group && last && isNext(last.head, one.head)) group.push(one);
    else all.push([one]);
  }
  return all;
}

/** One row in the place of several that follow one another, under the number of the last. */
function merge(lane: LaneState, found: readonly Found[], reason: string): ChunkRow {
  const runs: Run[] = [];
  const lasts = new Map<string, number>();
  for (const { head } of found) {
    for (const run of head.runs) {
      const at = lasts.get(run.stream);
      const before = at === undefined ? undefined : runs[at];
      // What lies between two of the destination's own went elsewhere: it does not come either.
      if (at !== undefined && before?.last === run.previous) runs[at] = { ...before, last: run.last };
      else {
        lasts.set(run.stream, runs.length);
        runs.push(run);
      }
    }
  }
  const [first] = found;
  const last = found.at(-1);
  if (!first || !last) throw new RangeError('nothing to merge');
  const head: Head = {
    destination: lane.destination,
    lane: lane.lane,
    runs,
    // Each gap that is to be told waits like a message.
    load: { messages: runs.length, bytes: 0 },
    before: first.head.before,
    time: first.head.time,
    age: first.head.age,
    crc: 0,
    compressed: false,
    reason,
    end: endOf(last.head),
  };
  return { ...packHead({ lane: lane.number, chunk: last.row.chunk, expires: null }, head), body: null };
}
