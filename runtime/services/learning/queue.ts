import { errors } from '../errors.ts';
import { waitingLimit } from './limits.ts';

/** One work at a time; others wait in the order in which they came. */
export interface Queue {
  /** Refuses what would wait behind too many. @throws TRAININGS_TOO_MANY */
  admit(): void;
  run<T>(work: () => Promise<T>): Promise<T>;
}

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  let held = 0;
  return {
    admit() {
      if (held <= waitingLimit.value) return;
      waitingLimit.cost();
      throw errors.TRAININGS_TOO_MANY({ waiting: held - 1 });
    },
    run(work) {
      held++;
      const mine = last.then(work).finally(() => held--);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
