import type { TrainerRun } from '../fit/trainer.ts';

/** Parts of a training, one after the other, as one bar. */
export interface Progress {
  /** What goes from `from` to `to` of the whole. @returns whether there is time left */
  part(from: number, to: number): TrainerRun['step'];
}

/** @param going whether the time allowed is not over */
export function createProgress(tell: (done: number, words: string) => void, going: () => boolean): Progress {
  return {
    part: (from, to) => (done, words) => {
      tell(from + (to - from) * Math.min(1, Math.max(0, done)), words);
      return going();
    },
  };
}
