import type { Clock, Timer } from '../../base/index.ts';

/** A destination that takes messages and acknowledges none for this long is given up and tried anew, ms … */
const SILENCE = 30_000;

/** … and longer where much is under way: the slowest link that is waited for, bytes a second. */
const SLOWEST = 2_000;

/** It is looked at so often at least, ms. */
const LOOK = 1_000;

/** Tells when something is under way and nothing is answered. */
export function createSilenceWatch(clock: Clock, silent: (seconds: number) => void) {
  let bytes = 0;
  let underWay = 0;
  let heard = clock.monotonic();
  let timer: Timer | undefined;

  // One timer for many answers: when it is due, it is seen whether there was one since.
  const arm = () => {
    const patience = SILENCE + (bytes / SLOWEST) * 1_000;
    const left = heard + patience - clock.monotonic();
    timer = clock.after(Math.min(Math.max(1, left), LOOK), () => {
      timer = undefined;
      if (underWay === 0) return;
      if (clock.monotonic() - heard >= patience) silent(Math.round(patience / 1_000));
      else arm();
    });
  };

  return {
    sent(size: number): void {
      if (underWay === 0) heard = clock.monotonic();
      underWay += 1;
      bytes += size;
      if (!timer) arm();
    },
    answered(size: number): void {
      heard = clock.monotonic();
      underWay -= 1;
      bytes -= size;
    },
    stop: () => timer?.cancel(),
  };
}
