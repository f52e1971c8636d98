import type { Clock } from '../../base/index.ts';
import { installVirtualTime } from './install.ts';
import { busyWith, createHolds, quiet } from './quiet.ts';
import { realTime } from './real-time.ts';

export interface VirtualTime {
  /** For everything of Millrace's own. */
  readonly clock: Clock;
  /** ms since `begin` */
  elapsed(): number;
  /** While Node-RED is loaded, time passes as it really does. */
  keepPace(): Promise<void>;
  /** The flow begins: from here on its time is counted, its clocks say `epoch`, and time stands still until `run`. */
  begin(epoch: number): void;
  /** Lets everything happen that happens in this moment. */
  settle(): Promise<void>;
  /** Goes from timer to timer, with everything that each of them causes, until `ended` says so. */
  run(ended: () => boolean): Promise<void>;
  /** Calls `task` after so many ms of virtual time, 0 included, in a quiet moment. */
  schedule(delay: number, task: () => void | Promise<void>): void;
  /** ms of real time for which nothing has moved on, and what it hangs on. */
  stall(): { readonly ms: number; readonly doing: string };
}

/** Installs virtual time in this process. */
export function startVirtualTime(epoch: number): VirtualTime {
  const time = installVirtualTime(epoch);
  const holds = createHolds();
  let begun = epoch;
  let moved = realTime.now();
  let started = false;
  const due: (() => void | Promise<void>)[] = [];

  const settle = () => quiet(holds);
  const step = () => {
    try {
      time.next();
    } catch (error) {
      // As Node does with what a timer throws.
      setImmediate(() => {
        throw error;
      });
    }
    moved = realTime.now();
  };

  return {
    clock: clockOn((work) => holds.hold(work)),
    elapsed: () => time.now() - begun,
    async keepPace() {
      for (let last = realTime.now(); !started;) {
        await realTime.turn();
        if (started) return;
        const now = realTime.now();
        time.tick(now - last);
        last = now;
      }
    },
    begin(epoch) {
      started = true;
      moved = realTime.now();
      time.setSystemTime(epoch);
      begun = epoch;
    },
    settle,
    async run(ended) {
      await settle();
      while (!ended()) {
        step();
        // One timer at a time: where it was one of `schedule`, nothing else has happened since the last quiet moment.
        const task = due.shift();
        if (task) await task();
        await settle();
      }
    },
    schedule: (delay, task) => time.schedule(Math.max(0, Math.floor(delay)), () => void due.push(task)),
    stall: () => ({ ms: realTime.now() - moved, doing: busyWith(holds) }),
  };
}

/** The clock that services get: the timers are those that are faked, looked up when they are used. */
function clockOn(hold: Clock['hold']): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    after(delay, task) {
      const handle = setTimeout(task, delay);
      return { cancel: () => clearTimeout(handle) };
    },
    every(period, task) {
      const handle = setInterval(task, period);
      return { cancel: () => clearInterval(handle) };
    },
    sleep: (delay) => new Promise((resolve) => void setTimeout(resolve, delay)),
    hold,
  };
}
