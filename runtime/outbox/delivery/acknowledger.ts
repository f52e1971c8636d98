import { asMillraceError, type Clock } from '../../base/index.ts';
import type { Deliverable } from '../queue/deliverables.ts';
import type { Queue } from '../queue/queue.ts';
import type { Tracker } from '../tracker.ts';
import { pause } from './pause.ts';

/** After a write that failed, ms. */
const RETRY = 1_000;

interface AcknowledgerOptions {
  readonly destination: string;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly tracker: Tracker;
  readonly signal: AbortSignal;
}

/** Removes from the queue what was acknowledged: what comes during one write is removed with the next. */
export function createAcknowledger({ destination, queue, clock, tracker, signal }: AcknowledgerOptions) {
  let id = 0;
  let reached = new Map<string, number>();
  let running: Promise<void> | undefined;

  const run = async () => {
    let written = 0;
    while (written < id) {
      const next = { id, reached };
      reached = new Map();
      try {
        await queue.acknowledge(destination, next);
        written = next.id;
      } catch (error) {
        reached = new Map([...next.reached, ...reached]);
        // At a stop it stays: the messages will be sent once more, which at-least-once allows.
        if (signal.aborted) break;
        tracker.update({ problem: asMillraceError(error) });
        await pause(clock, RETRY, signal);
      }
    }
    running = undefined;
  };

  return {
    /** The place up to which everything was acknowledged in this process. */
    get id(): number {
      return id;
    },
    add(deliverables: readonly Deliverable[]): void {
      const last = deliverables.at(-1);
      if (!last) return;
      id = last.id;
      let sent = 0;
      for (const { messages } of deliverables) {
        for (const { stream, sequence } of messages) reached.set(stream, sequence);
        if (messages.length > 0) sent += 1;
      }
      const { now } = tracker;
      const depth = Math.max(0, now.depth - deliverables.length);
      const bytes = deliverables.reduce((left, one) => left - one.bytes, now.bytes);
      tracker.update({ depth, bytes: depth === 0 ? 0 : Math.max(0, bytes), sent: now.sent + sent });
      running ??= run();
    },
    /** Resolves when everything is written. */
    async idle(): Promise<void> {
      while (running) await running;
    },
  };
}
