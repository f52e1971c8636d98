import type { Clock, Timer } from '../../base/index.ts';

/** Keeps to so many a second, in turn. */
export function createPace(clock: Clock, perSecond: number) {
  let free = -Infinity;
  const waiting = new Map<Timer, () => void>();
  return {
    /** Resolves when so many may go. */
    turn(count: number): Promise<void> {
      const now = clock.monotonic();
      const at = Math.max(now, free);
      free = at + (count * 1000) / perSecond;
      if (at <= now) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = clock.after(at - now, () => {
          waiting.delete(timer);
          resolve();
        });
        waiting.set(timer, resolve);
      });
    },
    /** Lets everybody go at once. */
    end(): void {
      for (const [timer, resolve] of waiting) {
        timer.cancel();
        resolve();
      }
      waiting.clear();
    },
  };
}
