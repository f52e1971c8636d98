import type { Clock } from '../base/index.ts';

/** Resolves when the work has ended, well or not, or when that takes longer than `patience` ms. Leaves no timer behind. */
export function within(clock: Clock, patience: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = clock.after(patience, resolve);
    const ended = () => {
      timer.cancel();
      resolve();
    };
    work.then(ended, ended);
  });
}
