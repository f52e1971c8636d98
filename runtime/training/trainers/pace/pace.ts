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
  let work = 0;
  let going = true;
  return {
    after(more, done, words) {
      work += more;
      if (!going || work < STRETCH) return going;
      work = 0;
      going = run.step(Math.min(1, done), words());
      return going;
    },
  };
}
