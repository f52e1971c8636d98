import type { Clock, Timer } from '../../base/index.ts';

/** ms between two tellings of one data set. */
const PERIOD = 500;

/** Tells who listens which data sets have changed: at once, and then at most twice a second each. */
export function createChanges(clock: Clock) {
  const listeners = new Set<(name: string) => void>();
  const resting = new Map<string, { again: boolean; timer: Timer }>();

  const tellNow = (name: string) => {
    for (const listener of [...listeners]) listener(name);
  };
  const tell = (name: string) => {
    if (listeners.size === 0) return;
    const rest = resting.get(name);
    if (rest) {
      rest.again = true;
      return;
    }
    const wake = () => {
      const { again = false } = resting.get(name) ?? {};
      resting.delete(name);
      if (again) tell(name);
    };
    resting.set(name, { again: false, timer: clock.after(PERIOD, wake) });
    tellNow(name);
  };

  return {
    tell,
    listen(listener: (name: string) => void): () => void {
      // Each listening is one of its own, also of the same function.
      const own = (name: string) => listener(name);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    stop() {
      listeners.clear();
      for (const { timer } of resting.values()) timer.cancel();
      resting.clear();
    },
  };
}
