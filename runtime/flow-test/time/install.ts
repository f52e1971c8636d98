import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import FakeTimers from '@sinonjs/fake-timers';

type Timers = Pick<typeof globalThis, 'setTimeout' | 'setInterval'>;

/** Fake timers as Node's own behave. */
export interface InstalledTime {
  /** Epoch, ms. */
  now(): number;
  /** Goes to the next timer and calls it. What it throws is thrown here. */
  next(): void;
  /** Calls every timer of the next `ms`. */
  tick(ms: number): void;
  /** Sets what `Date` says; timers keep their distance. */
  setSystemTime(epoch: number): void;
  /** As setTimeout, but of 0 ms too. */
  schedule(delay: number, task: () => void): void;
}

/**
 * Puts virtual time in the place of `Date`, `performance`, `process.hrtime` and the timers, for the rest of the process.
 * Must come before Node-RED is loaded. Immediates, ticks and microtasks stay real: they are what happens within a moment.
 *
 * @param epoch ms
 */
export function installVirtualTime(epoch: number): InstalledTime {
  const clock = FakeTimers.install({
    now: epoch,
    toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'hrtime'],
    // Nothing here runs all timers in one go.
    loopLimit: Number.MAX_SAFE_INTEGER,
  });
  // One that waits 0 ms waits 1: else a flow that tries again at once would never let time pass. And what a timer calls
  // belongs to whoever set it, so that an error in it is traced to its node.
  const { setTimeout, setInterval } = globalThis;
  const asNode = <T extends (run: () => void, delay: number) => unknown>(set: T) =>
    ((task: (...args: unknown[]) => void, delay?: unknown, ...args: unknown[]) => {
      if (typeof task !== 'function') return set(task, Number(delay));
      const within = AsyncLocalStorage.snapshot();
      const ms = Number(delay);
      return set(() => within(task, ...args), ms >= 1 ? ms : 1);
    }) as unknown;
  const faked: Timers = {
    setTimeout: Object.assign(asNode(setTimeout) as typeof setTimeout, promisified(setTimeout)),
    setInterval: asNode(setInterval) as typeof setInterval,
  };
  Object.assign(globalThis, faked);
  Object.assign(createRequire(import.meta.url)('node:timers') as Timers, faked);
  syncBuiltinESMExports();
  return {
    now: () => clock.now,
    next: () => void clock.next(),
    tick: (ms) => void clock.tick(ms),
    setSystemTime: (time) => clock.setSystemTime(time),
    schedule: (delay, task) => void setTimeout(task, delay),
  };
}

/** `util.promisify(setTimeout)` finds here what to use. */
function promisified(set: typeof setTimeout) {
  const symbol = Symbol.for('nodejs.util.promisify.custom');
  return {
    [symbol]: (delay?: number, value?: unknown) =>
      new Promise((resolve) => void set(() => resolve(value), Math.max(1, Number(delay) || 0))),
  };
}
