import type { Clock, Timer } from '../base/index.ts';

/** At most ten times a second. */
const SPACING = 100;

export interface ChangeFeed {
  changed(): void;
  listen(listener: () => void): () => void;
  close(): void;
}

/** Tells that something has changed, however often it does. */
export function createChangeFeed(clock: Clock): ChangeFeed {
  const listeners = new Set<() => void>();
  let timer: Timer | undefined;
  return {
    changed() {
      timer ??= clock.after(SPACING, () => {
        timer = undefined;
        for (const listener of listeners) listener();
      });
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      timer?.cancel();
      listeners.clear();
    },
  };
}
