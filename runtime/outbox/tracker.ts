import { type Clock, gauge, type Timer } from '../base/index.ts';
import type { DestinationState } from './contract.ts';

/** What changes of a destination's state; the age is made from `oldest` when it is asked for. */
export interface Tracked extends Omit<DestinationState, 'id' | 'oldestMs'> {
  /** When the oldest that waits was taken, ms since the epoch. */
  readonly oldest: number;
}

/** Listeners hear of changes at most this often, ms. */
const PERIOD = 250;

const depthGauge = gauge('millrace_outbox_depth', 'Messages on disk that the destination has not acknowledged');

export const INITIAL: Tracked = {
  served: false,
  connected: false,
  depth: 0,
  bytes: 0,
  sent: 0,
  oldest: 0,
  damaged: 0,
  problem: undefined,
  paused: false,
  holding: undefined,
  lanes: [],
  rate: 0,
  acknowledgedAt: undefined,
  dropped: [],
  dead: 0,
  failures: 0,
  retryAt: undefined,
  circuit: 'closed',
};

export type Tracker = ReturnType<typeof createTracker>;

/** The state of a destination, kept in memory, and those who watch it. */
export function createTracker(id: string, clock: Clock, initial: Partial<Tracked> = {}) {
  let tracked: Tracked = { ...INITIAL, ...initial };
  let due: Timer | undefined;
  const listeners = new Set<(state: DestinationState) => void>();

  const state = (): DestinationState => {
    const { oldest, ...rest } = tracked;
    return { id, ...rest, oldestMs: rest.depth > 0 ? Math.max(0, clock.now() - oldest) : 0 };
  };
  const tell = () => {
    due = undefined;
    const current = state();
    for (const listener of listeners) listener(current);
  };

  return {
    get now(): Tracked {
      return tracked;
    },
    update(change: Partial<Tracked>): void {
      tracked = { ...tracked, ...change };
      if (change.depth !== undefined) depthGauge.set(change.depth, { destination: id });
      if (listeners.size > 0) due ??= clock.after(PERIOD, tell);
    },
    state,
    /** The destination is gone, and with it its metric. */
    drop: () => depthGauge.remove({ destination: id }),
    listen(listener: (state: DestinationState) => void): () => void {
      listeners.add(listener);
      listener(state());
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        due?.cancel();
        due = undefined;
      };
    },
  };
}
