import type { Pace, Stage } from './stage.ts';
import type { Tally } from './tally.ts';

interface GapOptions {
  readonly next: Stage;
  readonly tally: Tally;
  readonly pace: Pace;
  /** ms between neighbours that still belong together; 0: three periods of the source. */
  readonly longest: number;
  /** Whether the window starts anew after a longer one, or the windows that it lies in are dropped and the others keep their time. */
  readonly then: 'restart' | 'drop';
}

const PERIODS = 3;

/** What becomes of windows with a gap that is longer than stated: nothing is filled in across it. */
export function gapRule({ next, tally, pace, longest, then }: GapOptions): Stage {
  let last = NaN;
  const tooLong = (milliseconds: number) =>
    longest > 0 ? milliseconds > longest : pace.rate !== undefined && milliseconds * pace.rate > PERIODS * 1000 + 1e-6;

  return {
    push(values, time, leftOut, origin) {
      if (tooLong(time - last)) {
        if (then === 'drop') next.gap(0, time);
        else {
          tally.counts.restarts++;
          next.restart();
        }
      }
      last = time;
      next.push(values, time, leftOut, origin);
    },
    restart() {
      last = NaN;
      next.restart();
    },
    gap: (samples, resumes) => next.gap(samples, resumes),
  };
}
