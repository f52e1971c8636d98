/**
 * Time, as everything in Millrace sees it. Nothing calls `Date.now` or `setTimeout` directly, so that flows, soaks and
 * outages can run in virtual time.
 */
export interface Timer {
  /** Stops the timer; harmless if it has fired. */
  cancel(): void;
}

export interface Clock {
  /** Milliseconds since the epoch: for stamps. It may jump when the machine's clock is set. */
  now(): number;
  /** Milliseconds that never go back: for durations. */
  monotonic(): number;
  /** Runs `task` once, `delay` ms from now. */
  after(delay: number, task: () => void): Timer;
  /** Runs `task` every `period` ms. */
  every(period: number, task: () => void): Timer;
  /** Resolves `delay` ms from now. */
  sleep(delay: number): Promise<void>;
  /** Work outside the event loop: virtual time stands still until it has answered. */
  hold<T>(work: Promise<T>): Promise<T>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
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
  sleep: (delay) => new Promise((resolve) => setTimeout(resolve, delay)),
  hold: (work) => work,
};
