import type { Clock, Timer } from '../../base/index.ts';
import { catchUp } from '../limits.ts';

/** How fast the stamps follow the machine's clock when it is slewed, per tick. */
const FOLLOW = 0.002;
/** ms: a smaller difference is how coarse the clock is, and must not make the stamps uneven. */
const COARSE = 2;
/** A larger difference means that the clock was set: the stamps jump with it. */
const JUMP = 1000;

/**
 * Calls `tick` at every multiple of an interval since the beginning, without drift: a late timer is followed by the
 * instants it missed, each with the time at which it was due. Being too late skips instants, and never repeats any.
 */
export function createPace(clock: Clock, tick: (elapsed: number, time: number) => void) {
  const origin = clock.monotonic();
  let epoch = clock.now();
  let interval = 0;
  let next = 0;
  let timer: Timer | undefined;

  const run = () => {
    const elapsed = clock.monotonic() - origin;
    const wrong = clock.now() - (epoch + elapsed);
    if (Math.abs(wrong) > COARSE) epoch += Math.abs(wrong) > JUMP ? wrong : wrong * FOLLOW;
    const late = Math.floor((elapsed - next * interval) / interval);
    if (late > catchUp.value) next += late;
    while (interval > 0 && next * interval <= elapsed) {
      const due = next++ * interval;
      tick(due, Math.round(epoch + due));
    }
    plan();
  };
  const plan = () => {
    timer?.cancel();
    if (interval > 0) timer = clock.after(Math.max(0, origin + next * interval - clock.monotonic()), run);
  };

  return {
    /** ms between instants; 0 stops. */
    set(value: number): void {
      if (value === interval) return;
      interval = value;
      if (interval > 0) next = Math.floor((clock.monotonic() - origin) / interval) + 1;
      plan();
    },
    /** ms since the beginning. */
    elapsed: () => clock.monotonic() - origin,
    /** The same, but never past an instant that is due and has not been told: for reading what time must not run back in. */
    settled: () => {
      const elapsed = clock.monotonic() - origin;
      return interval > 0 ? Math.min(elapsed, next * interval) : elapsed;
    },
  };
}
