import type { Clock, Timer } from '../base/index.ts';
import type { NodeStatus } from './status.ts';

/** As often as views: at most ten a second. */
const PERIOD = 100;

export interface SteadyStatus {
  /**
   * The newest one is shown, within a tenth of a second; one that is shown already is not sent again. It is made only when it
   * is to be shown: its words cost more than most messages.
   */
  set(status: () => NodeStatus): void;
  /** Shown at once: an error, or the end of one. */
  setNow(status: NodeStatus): void;
  close(): void;
}

/** A node may say its status with every message; an editor is told ten times a second at most. */
export function steadyStatus(clock: Clock, show: (status: NodeStatus) => void): SteadyStatus {
  let shown: NodeStatus = {};
  let last = -PERIOD;
  let next: (() => NodeStatus) | undefined;
  let timer: Timer | undefined;

  const emit = (status: NodeStatus) => {
    timer?.cancel();
    timer = undefined;
    next = undefined;
    if (same(status, shown)) return;
    shown = status;
    last = clock.monotonic();
    show(status);
  };

  return {
    set(status) {
      const wait = last + PERIOD - clock.monotonic();
      if (wait <= 0) return emit(status());
      next = status;
      timer ??= clock.after(wait, () => next && emit(next()));
    },
    setNow: emit,
    close() {
      timer?.cancel();
      timer = undefined;
    },
  };
}

const same = (a: NodeStatus, b: NodeStatus) => a.fill === b.fill && a.shape === b.shape && a.text === b.text;
