import type { Clock, Timer } from '../../base/index.ts';
import { catchUp } from '../limits.ts';
import { createStamps } from './stamps.ts';

/**
 * Calls `tick` at every multiple of an interval since the beginning, without drift: a late timer is followed by the
 * instants it missed, each with the time at which it was due. Being too late skips instants, and never repeats any.
 */
export function createPace(clock: Clock, tick: (elapsed: number, time: number) => void) {
  const stamps = createStamps(clock);
  let interval = 0;
  let next = 0;
  let timer: Timer | undefined;

  const run = () => {
    const elapsed = stamps.elapsed();
    stamps.follow();
    const late = Math.floor((elapsed - next * interval) / interval);
    if (late > catchUp.value) next += late;
    while (interval > 0 && next * interval <= elapsed) {
      const due = next++ * interval;
      tick(due, stamps.at(due));
    }
    plan();
  };
  const plan = () => {
    timer?.cancel();
    if (interval > 0) timer = clock.after(Math.max(0, next * interval - stamps.elapsed()), run);
  };

  return {
    /** ms between instants; 0 stops. */
    set(value: number): void {
      if (value === interval) return;
      interval = value;
      if (interval > 0) next = Math.floor(stamps.elapsed() / interval) + 1;
      plan();
    },
    elapsed: stamps.elapsed,
    /** The same, but never past an instant that is due and has not been told: for reading what time must not run back in. */
    settled: () => {
      const elapsed = stamps.elapsed();
      return interval > 0 ? Math.min(elapsed, next * interval) : elapsed;
    },
  };
}
