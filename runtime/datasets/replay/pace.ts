import type { Clock, Timer } from '../../base/index.ts';
import { errors } from '../errors.ts';
import { FACTOR } from '../schema.ts';
import type { ReplaySpeed } from '../types.ts';

/** ms: timers know whole ones. What is due within half of one is sent: half a millisecond early rather than a whole one late. */
const NEAR = 0.5;
/** Of a fast replay: so many messages, or so many ms, and then the others have their turn. */
const BATCH = 64;
const SLICE = 4;

/** When messages leave. */
export interface Pace {
  /** Time zero of a round is now, or as soon as the round before it has had its time. */
  begin(length: number): void;
  /**
   * Waits for a message's turn.
   *
   * @param at ms since the recording's start
   * @returns ms that it is late, where it had a time of its own; undefined if `interrupt` was called
   */
  turn(at: number): Promise<{ late?: number } | undefined>;
  /** Ends the waiting. */
  interrupt(): void;
  /** Time stops, and goes on from there. */
  pause(): void;
  resume(at: number): void;
}

/** @throws RECORDING_REPLAY_SPEED */
export function createPace(speed: ReplaySpeed, clock: Clock, room: (() => Promise<void>) | undefined): Pace {
  if (speed === 'fast' || speed === 'step') return fast(clock, room);
  if (!(speed >= FACTOR.min && speed <= FACTOR.max)) throw errors.RECORDING_REPLAY_SPEED({ speed: String(speed) });
  return timed(speed, clock);
}

function timed(factor: number, clock: Clock): Pace {
  let origin: number | undefined;
  let wake: (() => void) | undefined;
  let interrupted = false;
  return {
    begin(length) {
      interrupted = false;
      const now = clock.monotonic();
      origin = origin === undefined || length === 0 ? now : Math.max(origin + length / factor, now - 1000);
    },
    async turn(at) {
      for (;;) {
        if (interrupted) return undefined;
        const wait = (origin ?? 0) + at / factor - clock.monotonic();
        if (wait <= NEAR) return { late: 0 - wait };
        await new Promise<void>((resolve) => {
          const timer: Timer = clock.after(Math.min(wait, 2 ** 30), resolve);
          wake = () => {
            timer.cancel();
            resolve();
          };
        });
        wake = undefined;
      }
    },
    interrupt() {
      interrupted = true;
      wake?.();
    },
    pause() {
      interrupted = true;
      wake?.();
    },
    resume(at) {
      interrupted = false;
      origin = clock.monotonic() - at / factor;
    },
  };
}

function fast(clock: Clock, room: (() => Promise<void>) | undefined): Pace {
  let interrupted = false;
  let sent = 0;
  let since = 0;
  return {
    begin() {
      interrupted = false;
    },
    async turn() {
      if (sent % BATCH === 0 || clock.monotonic() - since > SLICE) {
        sent = 0;
        await room?.();
        // Timers, sockets and everybody else: a fast replay must not make the editor wait.
        await new Promise((resolve) => setImmediate(resolve));
        since = clock.monotonic();
      }
      sent++;
      return interrupted ? undefined : {};
    },
    interrupt: () => void (interrupted = true),
    pause: () => void (interrupted = true),
    resume: () => void (interrupted = false),
  };
}
