import { asMillraceError, type Clock, type MillraceError } from '../base/index.ts';
import { checkTarget } from './check-target.ts';
import type { DepthPoint, DestinationState, TargetSettings } from './contract.ts';
import { type Delivery, startDelivery } from './delivery/delivery.ts';
import { createHourBudget, type HourBudget } from './policies/hour-budget.ts';
import type { Place } from './ledger-file.ts';
import type { Backlog, Dropped, Queue } from './queue/types.ts';
import { addressOf, holdOpen, type Sender } from './senders/index.ts';
import type { Lane, Target } from './schema.ts';
import { createTracker, type Tracker } from './tracker.ts';

interface Entry {
  readonly id: string;
  readonly tracker: Tracker;
  /** How many handles serve the destination. */
  holders: number;
  target: Target | undefined;
  delivery: Delivery | undefined;
  /** Of the hour, and how large it is: what was spent counts also after new settings. */
  budget: { readonly limit: number; readonly spent: HourBudget } | undefined;
  /** Lets go of what the target holds open. */
  letGo: () => Promise<void>;
  /** Starts and stops of the delivery follow one another. */
  turn: Promise<void>;
}

interface RosterOptions {
  readonly gateway: string;
  readonly userDir: string;
  readonly clock: Clock;
  readonly connect: Sender<Target>;
  readonly timezone?: string | undefined;
  /** Something of a destination is not as it was. */
  changed(): void;
  /** A sender has something to say that keeps nothing from being sent. */
  warn?(warning: MillraceError, destination: string): void;
  /** The destination is forgotten. */
  dropped(state: DestinationState): void;
}

const nothing = () => Promise.resolve();
const NOTHING: Target['protect'] = [];
const EMPTY: readonly Backlog[] = [];

/** The destinations: who serves them, what waits for them, and the delivery of each that is served. */
export function createRoster({ clock, ...options }: RosterOptions) {
  const entries = new Map<string, Entry>();
  let queue: Queue | undefined;
  let stopped = false;

  const entryOf = (id: string): Entry => {
    const held = entries.get(id);
    if (held) return held;
    const tracker = createTracker(id, clock, () => queue?.backlog(id) ?? EMPTY, options.changed);
    const idle = { target: undefined, delivery: undefined, budget: undefined, letGo: nothing, turn: Promise.resolve() };
    const entry: Entry = { id, tracker, holders: 0, ...idle };
    entries.set(id, entry);
    if (queue) tracker.update({ paused: queue.paused(id), dead: queue.deadCount(id) });
    return entry;
  };

  const budgetOf = (entry: Entry, { sending: { bytesPerHour: limit } }: Target): HourBudget => {
    if (entry.budget?.limit !== limit) entry.budget = { limit, spent: createHourBudget(limit, clock) };
    return entry.budget.spent;
  };

  const restart = (entry: Entry): Promise<void> => {
    const change = async () => {
      await entry.delivery?.stop();
      entry.delivery = undefined;
      const { id: destination, tracker, target } = entry;
      if (stopped || !queue || !target) return;
      const { maxBytes, whenFull } = target;
      queue.setQuota(destination, { maxBytes, whenFull });
      if (queue.paused(destination)) return;
      const budget = budgetOf(entry, target);
      entry.delivery = startDelivery({ ...options, destination, target, queue, clock, tracker, budget });
    };
    const failed = (error: unknown) => entry.tracker.update({ problem: asMillraceError(error) });
    return (entry.turn = entry.turn.then(change).catch(failed));
  };

  const retarget = async (entry: Entry, target: Target | undefined): Promise<void> => {
    const { letGo } = entry;
    entry.target = target;
    entry.letGo = target && !stopped ? holdOpen(target) : nothing;
    await restart(entry);
    await letGo();
  };

  const dropped = ({ destination, gap: { reason }, messages }: Dropped) => {
    entryOf(destination).tracker.dropped(reason, messages);
    options.changed();
  };

  /** Dead letters of the destination have come or gone. */
  const lettersChanged = (id: string, lane?: Lane) => {
    const { tracker, delivery } = entryOf(id);
    tracker.update({ dead: queue?.deadCount(id) ?? 0 });
    if (lane) delivery?.wake(lane);
    options.changed();
  };

  return {
    /** @throws TARGET_INVALID */
    serve(id: string, settings: TargetSettings) {
      const target = checkTarget(settings);
      const entry = entryOf(id);
      const { tracker } = entry;
      entry.holders += 1;
      const address = addressOf(target);
      tracker.update({ served: true, address, kind: target.type });
      if (JSON.stringify(entry.target) !== JSON.stringify(target)) {
        void retarget(entry, target);
      }
      return {
        address,
        protect: target.protect,
        state: tracker.state,
        listen: tracker.listen,
        failed: (error: unknown) => tracker.update({ problem: asMillraceError(error) }),
        async leave() {
          entry.holders -= 1;
          if (entry.holders > 0) return;
          // Where it sent to is kept: a backlog is told by it.
          tracker.update({ served: false });
          await retarget(entry, undefined);
        },
      };
    },
    /** The target as it was set last. */
    targetOf: (id: string): Target | undefined => entries.get(id)?.target,
    /** The fields that the target protects. */
    protectedBy: (id: string): Target['protect'] => entries.get(id)?.target?.protect ?? NOTHING,
    /** @param places where those that nobody serves sent to, as it was written down */
    opened(open: Queue, places: ReadonlyMap<string, Place>): void {
      queue = open;
      for (const { destination, depth } of open.backlogs) {
        if (depth > 0 || open.paused(destination) || open.deadCount(destination) > 0) entryOf(destination);
      }
      open.onDropped(dropped);
      for (const entry of entries.values()) {
        const { id, tracker } = entry;
        const place = tracker.now.address === undefined ? places.get(id) : undefined;
        tracker.update({ ...place, paused: open.paused(id), dead: open.deadCount(id) });
        tracker.changed();
        void restart(entry);
      }
    },
    appended(id: string, lane: Lane): void {
      const { tracker, delivery } = entries.get(id) ?? entryOf(id);
      tracker.changed();
      delivery?.wake(lane);
    },
    async pause(id: string, paused: boolean): Promise<void> {
      const entry = entryOf(id);
      entry.tracker.update({ paused });
      await restart(entry);
    },
    lettersChanged,
    /** Forgets a destination that nobody serves; one that is still being stopped, or has a backlog, stays. */
    drop(id: string): void {
      const entry = entries.get(id);
      if (!entry || entry.holders > 0 || entry.delivery || entry.tracker.depth > 0 || entry.tracker.now.dead > 0)
        return;
      entries.delete(id);
      entry.tracker.stop();
      options.dropped(entry.tracker.state());
    },
    course: (id: string): readonly DepthPoint[] => entries.get(id)?.tracker.course ?? [],
    states: (): DestinationState[] => [...entries.values()].map(({ tracker }) => tracker.state()),
    async stop(): Promise<void> {
      stopped = true;
      await Promise.all([...entries.values()].map((entry) => retarget(entry, undefined)));
      for (const { tracker } of entries.values()) tracker.stop();
    },
  };
}
