import { estimateRate } from './estimate-rate.ts';
import { ENOUGH, type Pace, type Stage } from './stage.ts';

/** Holds the first few samples back until their times tell the rate, for rules that need it from the first sample on. */
export function learnRate(next: Stage, pace: Pace, width: number): Stage {
  const values = Array.from({ length: ENOUGH }, () => new Float64Array(width));
  const times = new Float64Array(ENOUGH);
  const leftOut = new Uint32Array(ENOUGH);
  const origins = new Array<unknown>(ENOUGH);
  let held = 0;

  return {
    push(sample, time, leftOutBefore, origin) {
      if (held === ENOUGH) return next.push(sample, time, leftOutBefore, origin);
      values[held]?.set(sample);
      times[held] = time;
      leftOut[held] = leftOutBefore;
      origins[held] = origin;
      if (++held < ENOUGH) return;
      pace.rate = estimateRate(times);
      for (let index = 0; index < ENOUGH; index++) {
        next.push(values[index] as Float64Array, times[index] as number, leftOut[index] as number, origins[index]);
      }
      origins.fill(undefined);
    },
    restart() {
      held = 0;
      origins.fill(undefined);
      next.restart();
    },
    gap: (samples, resumes) => next.gap(samples, resumes),
  };
}
