import { asMillraceError, type Clock } from '../../base/index.ts';
import type { Queue } from '../queue/queue.ts';
import type { Target } from '../schema.ts';
import { connectTo } from '../senders/index.ts';
import type { Tracker } from '../tracker.ts';
import { createAcknowledger } from './acknowledger.ts';
import { createBackOff } from './back-off.ts';
import { pause } from './pause.ts';
import { createTransmission } from './transmission.ts';

export interface DeliveryOptions {
  readonly destination: string;
  readonly target: Target;
  readonly queue: Queue;
  readonly gateway: string;
  readonly clock: Clock;
  readonly tracker: Tracker;
}

/** Sends what waits for a destination, and goes on trying until it is stopped. */
export interface Delivery {
  /** Something was appended. */
  wake(): void;
  /** Ends the connection. What was not acknowledged stays in the queue. */
  stop(): Promise<void>;
}

export function startDelivery(options: DeliveryOptions): Delivery {
  const { destination, target, gateway, clock, tracker } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const backOff = createBackOff();
  const acknowledger = createAcknowledger({ ...options, signal });
  let wake = () => {};

  const session = async () => {
    const transmission = createTransmission({ ...options, acknowledger, signal, onProgress: backOff.reset });
    wake = transmission.wake;
    const context = { gateway, destination, userDir: '', clock, signal, lost: transmission.lost };
    const connection = await clock.hold(connectTo(target, context));
    tracker.update({ connected: true, problem: undefined });
    try {
      await transmission.run(connection);
    } finally {
      tracker.update({ connected: false });
      await connection.close();
    }
  };

  const run = async () => {
    while (!signal.aborted) {
      try {
        await session();
      } catch (error) {
        if (signal.aborted) return;
        tracker.update({ problem: asMillraceError(error) });
        await pause(clock, backOff.next(), signal);
      }
    }
  };
  const running = run();

  return {
    wake: () => wake(),
    async stop() {
      stopping.abort();
      wake();
      await running;
      await acknowledger.idle();
      tracker.update({ problem: undefined });
    },
  };
}
