import type { Clock } from '../../../runtime/base/index.ts';

interface Due {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
}

/**
 * A clock that goes from timer to timer, with everything that each of them causes; work outside the event loop holds it.
 * The wall clock can be set like a real one.
 */
export function virtualClock(epoch = Date.UTC(2026, 5, 1, 12)) {
  let elapsed = 0;
  let wall = epoch;
  let held = 0;
  let order = 0;
  let due: Due[] = [];
  const add = (at: number, task: () => void): Due => {
    const one = { at, order: order++, task };
    due.push(one);
    return one;
  };
  const remove = (one: Due) => void (due = due.filter((each) => each !== one));

  const clock: Clock = {
    now: () => wall + elapsed,
    monotonic: () => elapsed,
    after(delay, task) {
      const one = add(elapsed + Math.max(1, delay), task);
      return { cancel: () => remove(one) };
    },
    every(period, task) {
      let one = add(elapsed + period, again);
      function again() {
        one = add(elapsed + period, again);
        task();
      }
      return { cancel: () => remove(one) };
    },
    sleep: (delay) => new Promise((resolve) => void clock.after(delay, resolve)),
    hold(work) {
      held += 1;
      const leave = () => void (held -= 1);
      work.then(leave, leave);
      return work;
    },
  };

  /** Lets everything happen that happens in this moment. */
  const settle = async () => {
    for (let calm = 0; calm < 3; calm = held === 0 ? calm + 1 : 0)
      await new Promise((resolve) => setImmediate(resolve));
  };

  const first = () => {
    let next: Due | undefined;
    for (const one of due) if (!next || one.at < next.at || (one.at === next.at && one.order < next.order)) next = one;
    return next;
  };

  /** Goes on until it is so; fails after so much virtual time, ms. */
  const until = async (so: () => boolean, most = 40 * 24 * 3_600_000) => {
    const end = elapsed + most;
    await settle();
    for (let idle = 0; !so();) {
      const next = first();
      if (next && next.at > end) throw new Error(`it has not come to that in ${most} ms`);
      if (!next) {
        // Work outside the event loop that nobody has told us of.
        if (++idle > 500) throw new Error('nothing more happens');
        await new Promise((resolve) => setTimeout(resolve, 5));
        continue;
      }
      idle = 0;
      remove(next);
      elapsed = Math.max(elapsed, next.at);
      next.task();
      await settle();
    }
  };

  return {
    clock,
    settle,
    until,
    /** Time goes by until the work is done. */
    async during<T>(work: Promise<T>): Promise<T> {
      let done = false;
      const end = () => void (done = true);
      work.then(end, end);
      await until(() => done);
      return work;
    },
    /** So many ms go by. */
    async pass(ms: number): Promise<void> {
      let over = false;
      clock.after(ms, () => (over = true));
      await until(() => over, ms + 1);
    },
    /** The wall clock is set. */
    set: (time: number) => void (wall = time - elapsed),
  };
}
