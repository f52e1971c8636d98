import { resampleDown } from './resample-down.ts';
import { resampleUp } from './resample-up.ts';
import type { Pace, Stage } from './stage.ts';

interface ResampleOptions {
  readonly next: Stage;
  /** Of the source; known when the first sample comes. */
  readonly pace: Pace;
  /** Hz that the samples passed on have. */
  readonly rate: number;
  /** Values a sample. */
  readonly width: number;
}

/** A source so little faster than the wanted rate has nothing that would have to be filtered out. */
const SAME = 1.02;

/** Brings samples to another rate: up by straight lines, down with what is too fast for it filtered out first. */
export function resample(options: ResampleOptions): Stage {
  const { pace, rate } = options;
  const [up, down] = [resampleUp(options), resampleDown(options)];
  let way: Stage | undefined;
  return {
    push(values, time, leftOut, origin) {
      way ??= pace.rate !== undefined && pace.rate > SAME * rate ? down : up;
      way.push(values, time, leftOut, origin);
    },
    restart() {
      (way ?? up).restart();
      way = undefined;
    },
    gap: (samples, resumes) => way?.gap(samples, resumes),
  };
}
