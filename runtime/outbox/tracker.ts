import type { Clock, Timer } from '../base/index.ts';
import type { DepthPoint, DestinationState } from './contract.ts';
import { createDepthCourse } from './depth-course.ts';
import { DAMAGED } from './queue/items.ts';
import type { Backlog } from './queue/types.ts';
import { createRate, SPAN } from './rate.ts';
import { type Lane, LANES } from './schema.ts';

/** What is set as it is; the rest is counted. */
export type Situation = Pick<
  DestinationState,
  | ('served' | 'connected' | 'problem' | 'paused' | 'holding' | 'dead' | 'failures' | 'retryAt' | 'circuit')
  | ('address' | 'kind')
>;

/** Listeners hear of changes at most this often, ms. */
const PERIOD = 250;

export const INITIAL: Omit<DestinationState, 'id'> = {
  served: false,
  connected: false,
  depth: 0,
  bytes: 0,
  sent: 0,
  oldestMs: 0,
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

const NOTHING: Omit<Backlog, 'lane'> = { destination: '', depth: 0, bytes: 0, oldest: 0 };

/**
 * The state of a destination, kept in memory, and those who watch it. What waits the queue itself counts.
 *
 * @param backlog what waits, by lane
 * @param seen    told after changes, as the listeners are
 */
export function createTracker(
  id: string,
  clock: Clock,
  backlog: () => readonly Backlog[],
  seen: () => void = () => undefined,
) {
  const course = createDepthCourse(clock);
  const rate = createRate(clock);
  const dropped = new Map<string, number>();
  const listeners = new Set<(state: DestinationState) => void>();
  const { served, connected, problem, paused, holding, dead, failures, retryAt, circuit } = INITIAL;
  let situation: Situation = { served, connected, problem, paused, holding, dead, failures, retryAt, circuit };
  let problemSince: number | undefined;
  let sent = 0;
  let acknowledgedAt: number | undefined;
  let due: Timer | undefined;
  /** Listeners are to hear once more: then the rate is 0. */
  let fading: Timer | undefined;

  const state = (): DestinationState => {
    const now = clock.now();
    let [depth, bytes, oldestMs] = [0, 0, 0];
    const lanes = backlog();
    for (const lane of lanes) {
      depth += lane.depth;
      bytes += lane.bytes;
      if (lane.depth > 0) oldestMs = Math.max(oldestMs, now - lane.oldest);
    }
    return {
      ...situation,
      ...{ id, depth, bytes, oldestMs, sent, acknowledgedAt, problemSince },
      damaged: dropped.get(DAMAGED) ?? 0,
      lanes: LANES.map((lane) => ({ lane, depth: lanes.find((one) => one.lane === lane)?.depth ?? 0 })),
      rate: rate.perSecond,
      dropped: [...dropped].map(([reason, messages]) => ({ reason, messages })),
    };
  };
  const depth = () => backlog().reduce((sum, lane) => sum + lane.depth, 0);
  const look = () => {
    due = undefined;
    fading?.cancel();
    // A little later: a timer may be early, and nothing would follow it.
    fading = rate.perSecond > 0 ? clock.after(SPAN + PERIOD, look) : undefined;
    course.note(depth());
    seen();
    if (listeners.size === 0) return;
    const current = state();
    for (const listener of listeners) listener(current);
  };
  const changed = () => void (due ??= clock.after(PERIOD, look));

  return {
    get now(): Situation {
      return situation;
    },
    get depth(): number {
      return depth();
    },
    lane: (name: Lane): Omit<Backlog, 'lane'> => backlog().find(({ lane }) => lane === name) ?? NOTHING,
    update(change: Partial<Situation>): void {
      situation = { ...situation, ...change };
      problemSince = situation.problem ? (problemSince ?? clock.now()) : undefined;
      changed();
    },
    /** What waits has changed. Costs next to nothing. */
    changed,
    acknowledged(messages: number): void {
      if (messages > 0) {
        sent += messages;
        rate.add(messages);
        acknowledgedAt = clock.now();
      }
      changed();
    },
    /** A policy has dropped messages, or they were damaged. */
    dropped(reason: string, messages: number): void {
      dropped.set(reason, (dropped.get(reason) ?? 0) + messages);
      changed();
    },
    state,
    get course(): readonly DepthPoint[] {
      course.note(depth());
      return course.points;
    },
    listen(listener: (state: DestinationState) => void): () => void {
      listeners.add(listener);
      listener(state());
      return () => void listeners.delete(listener);
    },
    /** Nothing more is told. */
    stop(): void {
      if (due) seen();
      due?.cancel();
      fading?.cancel();
      due = fading = undefined;
    },
  };
}
