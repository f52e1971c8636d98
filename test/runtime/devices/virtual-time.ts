import type { Clock, Timer } from '../../../runtime/base/index.ts';

/** A clock that a test moves by hand. `late` makes every timer fire that much too late, as in a busy thread. */
export function virtualTime(epoch = 1_700_000_000_000) {
  let now = 0;
  let set = 0;
  let late = 0;
  const timers = new Set<{ at: number; task: () => void }>();
  const clock: Clock = {
    now: () => epoch + now + set,
    monotonic: () => now,
    after(delay, task): Timer {
      const timer = { at: now + delay + late, task };
      timers.add(timer);
      return { cancel: () => void timers.delete(timer) };
    },
    every: () => {
      throw new Error('not needed');
    },
    sleep: (delay) => new Promise((resolve) => clock.after(delay, resolve)),
    hold: (work) => work,
  };
  return {
    clock,
    timers,
    /** Runs what falls due within the next `duration` ms. */
    advance(duration: number) {
      const end = now + duration;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.task();
      }
      now = end;
    },
    lateBy: (ms: number) => (late = ms),
    setClock: (ms: number) => (set += ms),
  };
}
