import type { Clock, Timer } from '../base/index.ts';
import type { View } from '../messages/index.ts';

/** At most ten batches a second. */
export const PERIOD = 100;

export interface Pace {
  add(view: View): void;
  close(): void;
}

/**
 * Sends views in batches to one browser: at most one batch in 100 ms, and none before the last was acknowledged, so that
 * what waits for a slow browser is never more than the newest view of each node and kind. A problem and its clearing take
 * each other's place: which of them is true now always arrives.
 *
 * @param send sends a batch; calls `shown` when the browser has it
 */
export function pace(clock: Clock, send: (batch: readonly View[], shown: () => void) => void): Pace {
  const waiting = new Map<string, View>();
  let timer: Timer | undefined;
  let inFlight = false;
  let closed = false;
  let last = -Infinity;

  const flush = () => {
    timer = undefined;
    const batch = [...waiting.values()];
    waiting.clear();
    inFlight = true;
    last = clock.monotonic();
    send(batch, () => {
      inFlight = false;
      arm();
    });
  };

  const arm = () => {
    if (closed || inFlight || timer || waiting.size === 0) return;
    timer = clock.after(Math.max(0, last + PERIOD - clock.monotonic()), flush);
  };

  return {
    add(view) {
      if (view.kind === 'cleared' && view.what === 'node') {
        for (const [key, held] of waiting) if (held.node === view.node) waiting.delete(key);
      }
      const key = slot(view);
      // Set anew, so that the batch keeps the order of happening.
      waiting.delete(key);
      waiting.set(key, view);
      arm();
    },
    close() {
      closed = true;
      timer?.cancel();
      waiting.clear();
    },
  };
}

function slot(view: View): string {
  if (view.kind !== 'cleared') return `${view.node} ${view.kind}`;
  return view.what === 'problem' ? `${view.node} problem` : `${view.node} removed`;
}
