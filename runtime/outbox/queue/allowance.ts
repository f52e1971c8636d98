import type { Clock } from '../../base/index.ts';
import { errors } from '../errors.ts';
import { outboxBytes } from '../limits.ts';
import { LANE_SHARE, LANES } from '../schema.ts';
import type { createDrops } from './drops.ts';
import type { DurableStore } from './durable-store.ts';
import type { LaneState } from './lane-state.ts';
import type { Quota } from './types.ts';

interface AllowanceOptions {
  readonly store: DurableStore;
  readonly clock: Clock;
  /** Of the database alone, bytes. */
  readonly most: number;
  readonly lanes: { all(): Iterable<LaneState> };
  readonly drops: Pick<ReturnType<typeof createDrops>, 'oldest'>;
}

/** How often the file is measured, ms. */
const PERIOD = 1_000;

/** When room is made, so much of the bound is made free at least: it is not made for every message. */
const AT_ONCE = 0.05;

/** Dead letters may fill so much, whatever waits: what other destinations acknowledge needs a little room as well. */
const LETTERS_SHARE = 0.95;

/** So many bytes of them always find room: in the store's margin. */
const LETTERS_ALWAYS = 16 * 1024;

/** What compression leaves of JSON, until the lane has shown it. */
const PACKED = 0.5;

/** Whether a message may come in: every destination has its quota, and lanes leave room for what is more urgent. */
export function createAllowance({ store, clock, most, lanes, drops }: AllowanceOptions) {
  const quotas = new Map<string, Quota>();
  const queues = new Map<string, (() => void)[]>();
  /** What is in use beside the chunks, bytes: dead letters, notes, and what pages leave empty. */
  let others = 0;
  let measured = -Infinity;
  /** Dead letters that have come since, bytes. */
  let letters = 0;

  const expected = (lane: LaneState) => {
    const ratio = lane.total.bytes > 0 ? Math.min(1, lane.stored / lane.total.bytes) : PACKED;
    return lane.bytes + lane.coming * ratio;
  };
  const urgency = (lane: LaneState) => LANES.indexOf(lane.lane);
  const used = (destination?: string) => {
    let sum = 0;
    for (const one of lanes.all()) {
      if (destination === undefined || one.destination === destination) sum += expected(one);
    }
    return sum;
  };
  /** By how many bytes the lane is over what it may have. */
  const excess = (lane: LaneState) => {
    const share = LANE_SHARE[lane.lane];
    const own = quotas.get(lane.destination)?.maxBytes ?? 0;
    const ofAll = used() + others - most * share;
    const ofOwn = own > 0 ? used(lane.destination) - own * share : -Infinity;
    return Math.max(ofAll, ofOwn);
  };
  const bound = (lane: LaneState) => Math.min(most, quotas.get(lane.destination)?.maxBytes || Infinity);

  /** Drops the oldest, of what is least urgent first. */
  const makeRoom = async (lane: LaneState, least = 0): Promise<boolean> => {
    if (quotas.get(lane.destination)?.whenFull !== 'drop-oldest') return false;
    let wanted = Math.max(excess(lane), least) + bound(lane) * AT_ONCE;
    const own = [...lanes.all()].filter((one) => one.destination === lane.destination && urgency(one) >= urgency(lane));
    const before = wanted;
    for (const one of own.sort((a, b) => urgency(b) - urgency(a))) {
      for (let freed = 1; wanted > 0 && freed > 0; wanted -= freed) freed = await drops.oldest(one, wanted);
    }
    return wanted < before;
  };

  /** Each lane has its part of what is left, and looks anew when it has used that up. */
  const credits = new Map<LaneState, number>();
  const mayEnter = (lane: LaneState, bytes: number) => {
    let credit = credits.get(lane) ?? 0;
    if (credit < bytes) credit = Math.max(0, -excess(lane)) / count();
    const may = credit > 0;
    credits.set(lane, credit - bytes);
    return may;
  };
  const count = () => {
    let sum = 1;
    for (const _ of lanes.all()) sum += 1;
    return sum;
  };

  const refusal = () => {
    outboxBytes.cost();
    let messages = 0;
    for (const { waiting } of lanes.all()) messages += waiting.messages;
    return errors.OUTBOX_FULL({ messages, bytes: Math.round(most) });
  };

  return {
    setQuota: (destination: string, quota: Quota) => void quotas.set(destination, quota),
    makesRoom: ({ destination }: LaneState) => quotas.get(destination)?.whenFull === 'drop-oldest',
    makeRoom: (lane: LaneState) => makeRoom(lane, bound(lane) * AT_ONCE),
    /**
     * Calls `enter` at once if there is room; where the oldest make room, when they have, in the order of the calls.
     *
     * @throws OUTBOX_FULL, by `refuse`
     */
    admit(lane: LaneState, bytes: number, enter: () => void, refuse: (error: unknown) => void): void {
      const { destination } = lane;
      const queue = queues.get(destination);
      if (!queue && mayEnter(lane, bytes)) return enter();
      if (!queue && quotas.get(destination)?.whenFull !== 'drop-oldest') return refuse(refusal());
      const again = () => (mayEnter(lane, bytes) ? enter() : refuse(refusal()));
      if (queue) return void queue.push(again);
      const waiting = [again];
      queues.set(destination, waiting);
      const open = () => {
        queues.delete(destination);
        for (const one of waiting) one();
      };
      void makeRoom(lane).then(open, open);
    },
    /**
     * Whether what a destination has refused may be laid aside. What does not fit would hold up the acknowledgements of all
     * others, which are written with it.
     *
     * @throws OUTBOX_FULL
     */
    admitLetters(bytes: number): void {
      if (bytes > LETTERS_ALWAYS && used() + others + letters + bytes > most * LETTERS_SHARE) throw refusal();
      letters += bytes;
    },
    /** Measures the file now and then. */
    async measure(): Promise<void> {
      if (clock.monotonic() - measured < PERIOD) return;
      measured = clock.monotonic();
      const before = letters;
      const size = await store.size();
      letters -= before;
      let chunks = 0;
      for (const lane of lanes.all()) chunks += lane.bytes;
      others = Math.max(0, size.used - chunks);
    },
  };
}
