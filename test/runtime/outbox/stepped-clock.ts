import type { Clock } from '../../../runtime/base/index.ts';

/** A clock that stands until it is told to pass. */
export function steppedClock(start = Date.UTC(2026, 10, 21)): Clock & {
  /** Runs what is due on the way. */
  pass(ms: number): Promise<void>;
  /** The wall clock is set; monotonic time goes on. */
  set(now: number): void;
} {
  let monotonic = 0;
  let offset = start;
  const due = new Set<{ at: number; readonly task: () => void; readonly period?: number }>();
  const add = (entry: { at: number; task: () => void; period?: number }) => {
    due.add(entry);
    return { cancel: () => void due.delete(entry) };
  };
  const next = (until: number) => [...due].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
  return {
    now: () => offset + monotonic,
    monotonic: () => monotonic,
    after: (delay, task) => add({ at: monotonic + delay, task }),
    every: (period, task) => add({ at: monotonic + period, task, period }),
    sleep: (delay) => new Promise((resolve) => add({ at: monotonic + delay, task: resolve })),
    hold: (work) => work,
    async pass(ms) {
      const end = monotonic + ms;
      for (let one = next(end); one; one = next(end)) {
        monotonic = Math.max(monotonic, one.at);
        if (one.period === undefined) due.delete(one);
        else one.at += one.period;
        one.task();
        await Promise.resolve();
      }
      monotonic = end;
    },
    set: (now) => void (offset = now - monotonic),
  };
}
