import type { Clock, Timer } from '../../base/index.ts';

/** ms without a byte after which a board is asked whether it is still there, and then has to answer in. */
export const PATIENCE = 2000;

/**
 * Watches over a board that may have gone without a word: a worker that hangs, a radio out of reach, a crashed firmware.
 *
 * @param ask makes the board say something
 * @param silent told once, when it did not
 */
export function createHeartbeat(clock: Clock, ask: () => void, silent: (seconds: number) => void) {
  let heard = clock.monotonic();
  let asked: number | undefined;
  let timer: Timer | undefined;

  const look = () => {
    const now = clock.monotonic();
    if (asked !== undefined && heard >= asked) asked = undefined;
    if (asked !== undefined && now - asked >= PATIENCE) return silent(Math.round((now - heard) / 1000));
    if (asked === undefined && now - heard >= PATIENCE) {
      asked = now;
      ask();
    }
    timer = clock.after(Math.max(1, (asked ?? heard) + PATIENCE - now), look);
  };

  return {
    /** The board said something. */
    heard(): void {
      heard = clock.monotonic();
    },
    start(): void {
      heard = clock.monotonic();
      timer?.cancel();
      timer = clock.after(PATIENCE, look);
    },
    stop(): void {
      timer?.cancel();
    },
  };
}
