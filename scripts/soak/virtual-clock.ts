import type { Clock } from '../../runtime/base/index.ts';

/** A clock that goes when it is told to. */
export interface VirtualClock extends Clock {
  /** Goes to this many ms after the beginning; timers that are due on the way run. */
  goTo(elapsed: number): void;
}

/** @param epoch ms since the epoch, of the beginning */
export function createVirtualClock(epoch: number): VirtualClock {
  const timers = new Set<{ readonly due: number; readonly task: () => void }>();
  let elapsed = 0;
  const clock: VirtualClock = {
    now: () => epoch + elapsed,
    monotonic: () => elapsed,
    after(delay, task) {
      const timer = { due: elapsed + delay, task };
      timers.add(timer);
      return { cancel: () => void timers.delete(timer) };
    },
    every(period, task) {
      let timer = clock.after(period, function again() {
        timer = clock.after(period, again);
        task();
      });
      return { cancel: () => timer.cancel() };
    },
    sleep: (delay) => new Promise((resolve) => void clock.after(delay, resolve)),
    hold: (work) => work,
    goTo(target) {
      for (;;) {
        let next: { readonly due: number; readonly task: () => void } | undefined;
        for (const timer of timers) if (timer.due <= target && (!next || timer.due < next.due)) next = timer;
        if (!next) break;
        timers.delete(next);
        elapsed = Math.max(elapsed, next.due);
        next.task();
      }
      elapsed = Math.max(elapsed, target);
    },
  };
  return clock;
}
