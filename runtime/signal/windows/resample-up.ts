import { missingBetween } from './estimate-rate.ts';
import type { Pace, Stage } from './stage.ts';

interface ResampleOptions {
  readonly next: Stage;
  /** Of the source. */
  readonly pace: Pace;
  /** Hz that the samples passed on have. */
  readonly rate: number;
  /** Values a sample. */
  readonly width: number;
}

/**
 * Resamples to a rate that is not below the source's: straight lines between neighbours, at the instants of an even grid
 * that begins with the first sample. It never goes beyond the newest sample, and never across a gap.
 */
export function resampleUp({ next, pace, rate, width }: ResampleOptions): Stage {
  const before = new Float64Array(width);
  const between = new Float64Array(width);
  const period = 1000 / rate;
  let begun = NaN;
  let last = NaN;
  // The next instant of the grid, counted from its beginning.
  let instant = 0;
  let missing = 0;

  return {
    push(values, time, leftOut, origin) {
      if (Number.isNaN(begun)) {
        begun = time;
        instant = 0;
      } else if (!Number.isNaN(last)) {
        missing += Math.max(leftOut, pace.rate === undefined ? 0 : missingBetween(time - last, pace.rate));
      }
      for (let at = begun + instant * period; at <= time; at = begun + ++instant * period) {
        const share = Number.isNaN(last) ? 1 : (at - last) / (time - last);
        for (let channel = 0; channel < width; channel++) {
          const from = before[channel] as number;
          const to = values[channel] as number;
          between[channel] = share === 1 ? to : from + share * (to - from);
        }
        next.push(between, at, missing, origin);
        missing = 0;
      }
      before.set(values);
      last = time;
    },
    restart() {
      begun = last = NaN;
      missing = 0;
      next.restart();
    },
    gap(_samples, resumes) {
      if (Number.isNaN(begun)) return;
      // The grid stays where it is, so that later windows keep their time.
      const resumed = Math.ceil((resumes - begun) / period);
      next.gap(Math.max(0, resumed - instant), resumes);
      instant = Math.max(instant, resumed);
      last = NaN;
      missing = 0;
    },
  };
}
