import type { Clock } from '../../base/index.ts';

/** Resolves `delay` ms from now, or as soon as the signal is given. */
export function pause(clock: Clock, delay: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      timer.cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.after(delay, end);
    signal.addEventListener('abort', end);
  });
}
