import type { TrainerRun } from '../../fit/trainer.ts';

/** Multiplications that take about 50 ms. */
const STRETCH = 1e7;

/** Counts work, so that a run is told how far it is about every 50 ms whatever the size of a row. */
export interface Pace {
  /**
   * @param work  multiplications since the last call
   * @param done  0 to 1
   * @param words called where they are needed
   * @returns false when the time allowed is over
   * @throws TRAINING_CANCELLED
   */
  after(work: number, done: number, words: () => string): boolean;
}

/** No clock is read: how often the run is asked depends on the rows alone. */
export function createPace(run: TrainerRun): Pace {
  // The first is told at once.
  let work = STRETCH;
  let going = true;
  let farthest = 0;
  return {
    after(more, done, words) {
      work += more;
      // Whoever begins anew does not take back what was said.
      farthest = Math.max(farthest, Math.min(1, done));
      if (!going || work < STRETCH) return going;
      work = 0;
      going = run.step(farthest, words());
      return going;
    },
  };
}
