import type { Clock, Timer } from '../../base/index.ts';
import type { RegistryIndex } from './index-file.ts';

/** How soon a change by another process is seen. */
const PERIOD = 1_000;

/** Who listens to changes of the registry, and the look at the index while someone does. */
export interface Follower {
  /** @returns a function that ends the listening */
  listen(listener: () => void): () => void;
  /** Of this process. */
  changed(): void;
  stop(): void;
}

/** @param others whether changes by other processes are looked for */
export function createFollower(index: RegistryIndex, clock: Clock, others: boolean): Follower {
  const listeners = new Set<() => void>();
  let timer: Timer | undefined;
  let last: number | undefined;
  let looking = false;

  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  const look = async () => {
    if (looking) return;
    looking = true;
    try {
      const changes = await index.changes();
      const moved = last !== undefined && changes !== last;
      last = changes;
      if (moved && timer) tell();
    } catch {
      // Whoever asks the registry for something is told.
    } finally {
      looking = false;
    }
  };
  const rest = () => {
    timer?.cancel();
    timer = undefined;
    last = undefined;
  };

  return {
    listen(listener) {
      // Each listening is one of its own, also of the same function.
      const own = () => listener();
      listeners.add(own);
      if (others && !timer) {
        void look();
        timer = clock.every(PERIOD, () => void look());
      }
      return () => {
        listeners.delete(own);
        if (listeners.size === 0) rest();
      };
    },
    changed: tell,
    stop() {
      listeners.clear();
      rest();
    },
  };
}
