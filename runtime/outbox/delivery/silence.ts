import type { Clock } from '../../base/index.ts';

/** A destination that takes messages and acknowledges none for this long is given up and tried anew, ms … */
const SILENCE = 30_000;

/** … and longer where much is under way: the slowest link that is waited for, bytes a second. */
const SLOWEST = 2_000;

const WATCH = 1_000;

/** Tells when something is under way and nothing is answered. */
export function createSilenceWatch(clock: Clock, silent: (seconds: number) => void) {
  let bytes = 0;
  let underWay = 0;
  let heard = clock.monotonic();
  const timer = clock.every(WATCH, () => {
    const patience = SILENCE + (bytes / SLOWEST) * 1_000;
    if (underWay > 0 && clock.monotonic() - heard >= patience) silent(Math.round(patience / 1_000));
  });
  return {
    sent(size: number): void {
      if (underWay === 0) heard = clock.monotonic();
      underWay += 1;
      bytes += size;
    },
    answered(size: number): void {
      heard = clock.monotonic();
      underWay -= 1;
      bytes -= size;
    },
    stop: () => timer.cancel(),
  };
}
