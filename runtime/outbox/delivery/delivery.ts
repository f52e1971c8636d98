import { asMillraceError, type Clock, type MillraceError } from '../../base/index.ts';
import type { HourBudget } from '../policies/hour-budget.ts';
import { createPolicy } from '../policies/policy.ts';
import type { Hold, Waiting } from '../policies/types.ts';
import type { Queue } from '../queue/types.ts';
import { type Lane, LANES, type Target } from '../schema.ts';
import { type Connection, RetryLater, type Sender } from '../senders/index.ts';
import type { Tracker } from '../tracker.ts';
import { createAcknowledger } from './acknowledger.ts';
import { createBell } from './bell.ts';
import { ALARM_PATIENCE, createCircuit } from './circuit.ts';
import type { Course } from './lane.ts';
import { createConnector } from './connector.ts';
import { type Caution, createTransmission, holdingOf } from './transmission.ts';

/** A connection that has held for so long while there was nothing to send counts as a success, ms. */
const STEADY = 10_000;

export interface DeliveryOptions {
  readonly destination: string;
  readonly target: Target;
  readonly queue: Queue;
  readonly gateway: string;
  readonly userDir: string;
  readonly clock: Clock;
  readonly tracker: Tracker;
  readonly connect: Sender<Target>;
  readonly timezone?: string | undefined;
  /** What of the hour's budget is spent, also before the settings changed. */
  readonly budget: HourBudget;
  /** What its receiver must hold has changed. */
  changed(): void;
  /** A sender has something to say that keeps nothing from being sent. */
  warn?(warning: MillraceError, destination: string): void;
}

/** Sends what waits for a destination, and goes on trying until it is stopped. */
export interface Delivery {
  /** Something was appended. */
  wake(lane: Lane): void;
  /** Ends the connection. What was not acknowledged stays in the queue. */
  stop(): Promise<void>;
}

const perLane = <T>(make: (lane: Lane) => T): Readonly<Record<Lane, T>> => ({
  alarm: make('alarm'),
  live: make('live'),
  bulk: make('bulk'),
});

export function startDelivery(options: DeliveryOptions): Delivery {
  const { destination, target, queue, clock, tracker, timezone, budget } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const bell = createBell();
  const circuit = createCircuit();
  const caution: Caution = { messages: Infinity, trial: false };
  const policy = createPolicy({ sending: target.sending, clock, budget, ...(timezone !== undefined && { timezone }) });
  const courses = perLane<Course>(() => ({ done: 0 }));
  const acknowledgers = perLane((lane) =>
    createAcknowledger({
      ...{ destination, lane, queue, clock, signal },
      failed: (problem) => tracker.update({ problem }),
      written() {
        tracker.update({ dead: queue.deadCount(destination) });
        current?.ring();
      },
    }),
  );
  const connector = createConnector({ ...options, signal });
  let current: ReturnType<typeof createTransmission> | undefined;
  /** The last failure came over a connection: that there is one again does not mend it. */
  let broken = false;
  let resting = false;

  const onProgress = () => {
    circuit.succeeded();
    broken = false;
    const { problem, failures, circuit: shown } = tracker.now;
    if (!problem && failures === 0 && shown === 'closed') return;
    tracker.update({ problem: undefined, failures: 0, retryAt: undefined, circuit: 'closed' });
  };

  const session = async () => {
    const transmission = createTransmission({
      ...{ destination, address: connector.address, queue, clock, tracker, policy, courses, acknowledgers },
      ...{ caution, signal, onProgress, changed: options.changed },
    });
    let connection: Connection | undefined;
    // Where there is nothing to send, a connection that holds is a success.
    const steady = clock.after(STEADY, () => connection && !transmission.busy && onProgress());
    try {
      connection = await connector.open(transmission);
      current = transmission;
      tracker.update({ connected: true, retryAt: undefined, ...(!broken && { problem: undefined }) });
      await transmission.run(connection);
    } catch (error) {
      broken = connection !== undefined;
      if (transmission.largest > 0) caution.messages = Math.max(1, transmission.largest >> 1);
      throw error;
    } finally {
      steady.cancel();
      transmission.end();
      current = undefined;
      tracker.update({ connected: false, holding: undefined });
      if (connection) await connector.close(connection);
    }
  };

  /** Until the time has come, or the bell. */
  const wait = async (ms: number) => {
    const timer = ms < Infinity ? clock.after(Math.max(1, ms), bell.ring) : undefined;
    await bell.heard();
    timer?.cancel();
  };

  /** Without a connection, until there is something to send. */
  const rest = async () => {
    resting = true;
    while (!signal.aborted) {
      const next = policy.next(LANES.map(waiting));
      if (next && 'send' in next.verdict) break;
      if (next) tracker.update({ holding: holdingOf(next.verdict as Hold) });
      await wait(next ? (next.verdict as Hold).at - clock.monotonic() : Infinity);
    }
    resting = false;
  };
  const waiting = (lane: Lane): Waiting => {
    const { depth: messages, bytes, oldest } = tracker.lane(lane);
    return { lane, messages, bytes, age: Math.max(0, clock.now() - oldest), position: courses[lane].done, first: 0 };
  };

  const recover = async (error: unknown) => {
    const pause = circuit.failed(error instanceof RetryLater ? error.after : 0);
    const begun = clock.monotonic();
    if (circuit.open) Object.assign(caution, { messages: 1, trial: true });
    tracker.update({
      problem: asMillraceError(error),
      failures: circuit.failures,
      retryAt: clock.now() + pause,
      circuit: circuit.open ? 'open' : 'closed',
    });
    const left = () => {
      const hurry = tracker.lane('alarm').depth > 0 && !(error instanceof RetryLater);
      return begun + (hurry ? Math.min(pause, ALARM_PATIENCE) : pause) - clock.monotonic();
    };
    while (left() > 0 && !signal.aborted) await wait(left());
    if (circuit.open) tracker.update({ circuit: 'half-open' });
  };

  const run = async () => {
    while (!signal.aborted) {
      try {
        await session();
        await rest();
      } catch (error) {
        if (!signal.aborted) await recover(error);
      }
    }
  };
  const running = run();

  return {
    wake(lane) {
      if (current) current.wake(lane);
      // While it recovers, only an alarm makes it hurry.
      else if (resting || lane === 'alarm') bell.ring();
    },
    async stop() {
      stopping.abort();
      current?.ring();
      bell.ring();
      await running;
      await Promise.all(LANES.map((lane) => acknowledgers[lane].idle()));
      const calm = {
        problem: undefined,
        holding: undefined,
        failures: 0,
        retryAt: undefined,
        circuit: 'closed',
      } as const;
      tracker.update(calm);
    },
  };
}
