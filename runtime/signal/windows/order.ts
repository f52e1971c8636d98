import { ENOUGH, type Pace, type Stage } from './stage.ts';
import type { Tally } from './tally.ts';

interface OrderOptions {
  readonly next: Stage;
  readonly tally: Tally;
  readonly pace: Pace;
  /** So many late samples in a row are no stragglers: the source's clock was set back. */
  readonly patience: number;
  /** Half a window in samples of the source: after a longer silence, what lies before and after does not belong together. */
  halfWindow(rate: number): number;
  /** The source's clock was set back: rules before this one forget what they hold. */
  setBack(): void;
}

/** Time goes forward: a sample that is not later than the one before is left out, and after a silence the window starts anew. */
export function inOrder({ next, tally, pace, patience, halfWindow, setBack }: OrderOptions): Stage {
  let last = -Infinity;

  const restart = () => {
    last = -Infinity;
    tally.inRow.incomplete = tally.inRow.late = 0;
    tally.counts.restarts++;
    next.restart();
  };
  const silent = (time: number) =>
    pace.rate !== undefined && ((time - last) / 1000) * pace.rate > Math.max(halfWindow(pace.rate), ENOUGH);

  return {
    push(values, time, leftOut, origin) {
      let before = leftOut;
      if (!(time > last)) {
        tally.leaveOut('late');
        if (tally.inRow.late < patience) return;
        setBack();
        restart();
        before = 0;
      } else if (last > -Infinity && silent(time)) {
        restart();
        before = 0;
      }
      tally.taken();
      last = time;
      next.push(values, time, before, origin);
    },
    restart,
    gap: (samples, resumes) => next.gap(samples, resumes),
  };
}
