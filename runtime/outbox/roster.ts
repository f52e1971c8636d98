import { asMillraceError, type Clock } from '../base/index.ts';
import { checkTarget } from './check-target.ts';
import type { DestinationState, TargetSettings } from './contract.ts';
import { type Delivery, startDelivery } from './delivery/delivery.ts';
import type { Appended } from './queue/appender.ts';
import type { Queue } from './queue/queue.ts';
import { addressOf, holdOpen } from './senders/index.ts';
import type { Target } from './schema.ts';
import { createTracker, type Tracker } from './tracker.ts';

interface Entry {
  readonly id: string;
  readonly tracker: Tracker;
  /** How many handles serve the destination. */
  holders: number;
  target: Target | undefined;
  delivery: Delivery | undefined;
  /** Lets go of what the target holds open. */
  letGo: () => Promise<void>;
  /** Starts and stops of the delivery follow one another. */
  turn: Promise<void>;
}

const nothing = () => Promise.resolve();
const NOTHING: Target['protect'] = [];

/** The destinations: who serves them, what waits for them, and the delivery of each that is served. */
export function createRoster({ gateway, clock }: { readonly gateway: string; readonly clock: Clock }) {
  const entries = new Map<string, Entry>();
  let queue: Queue | undefined;
  let stopped = false;

  const entryOf = (id: string): Entry => {
    const held = entries.get(id);
    if (held) return held;
    const tracker = createTracker(id, clock);
    const idle = { target: undefined, delivery: undefined, letGo: nothing, turn: Promise.resolve() };
    const entry: Entry = { id, tracker, holders: 0, ...idle };
    entries.set(id, entry);
    return entry;
  };

  const restart = (entry: Entry): Promise<void> => {
    const change = async () => {
      await entry.delivery?.stop();
      entry.delivery = undefined;
      const { id: destination, tracker, target } = entry;
      if (stopped || !queue || !target) return;
      entry.delivery = startDelivery({ destination, target, queue, gateway, clock, tracker });
    };
    return (entry.turn = entry.turn.then(change));
  };

  const retarget = async (entry: Entry, target: Target | undefined): Promise<void> => {
    const { letGo } = entry;
    entry.target = target;
    entry.letGo = target && !stopped ? holdOpen(target) : nothing;
    await restart(entry);
    await letGo();
  };

  return {
    /** @throws TARGET_INVALID */
    serve(id: string, settings: TargetSettings) {
      const target = checkTarget(settings);
      const entry = entryOf(id);
      const { tracker } = entry;
      entry.holders += 1;
      tracker.update({ served: true });
      if (JSON.stringify(entry.target) !== JSON.stringify(target)) {
        void retarget(entry, target);
      }
      return {
        address: addressOf(target),
        protect: target.protect,
        state: tracker.state,
        listen: tracker.listen,
        failed: (error: unknown) => tracker.update({ problem: asMillraceError(error) }),
        async leave() {
          entry.holders -= 1;
          if (entry.holders > 0) return;
          tracker.update({ served: false });
          await retarget(entry, undefined);
        },
      };
    },
    /** The fields that the target protects, as it was set last. */
    protectedBy: (id: string): Target['protect'] => entries.get(id)?.target?.protect ?? NOTHING,
    opened(open: Queue): void {
      queue = open;
      for (const { destination, ...backlog } of open.backlogs) entryOf(destination).tracker.update(backlog);
      for (const entry of entries.values()) void restart(entry);
    },
    appended(id: string, { bytes, time }: Appended): void {
      const { tracker, delivery } = entryOf(id);
      const { now } = tracker;
      const oldest = now.depth === 0 ? time : now.oldest;
      tracker.update({ depth: now.depth + 1, bytes: now.bytes + bytes, oldest });
      delivery?.wake();
    },
    /** Forgets a destination that nobody serves; one that is still being stopped, or has a backlog, stays. */
    drop(id: string): void {
      const entry = entries.get(id);
      if (!entry || entry.holders > 0 || entry.delivery || entry.tracker.now.depth > 0) return;
      entries.delete(id);
      entry.tracker.drop();
    },
    states: (): DestinationState[] => [...entries.values()].map(({ tracker }) => tracker.state()),
    /** What waits, over all destinations. */
    load() {
      let messages = 0;
      let bytes = 0;
      for (const { tracker } of entries.values()) {
        messages += tracker.now.depth;
        bytes += tracker.now.bytes;
      }
      return { messages, bytes };
    },
    async stop(): Promise<void> {
      stopped = true;
      await Promise.all([...entries.values()].map((entry) => retarget(entry, undefined)));
      queue = undefined;
    },
  };
}
