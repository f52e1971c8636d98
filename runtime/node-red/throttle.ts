import type { Clock, Timer } from '../base/index.ts';
import type { ViewBody, ViewOf } from '../messages/index.ts';

/** Views are summaries: at most ten a second of each kind. */
const PERIOD = 100;

/**
 * Lets the newest view of each kind through, at most ten times a second; ranges of readings that fall in between are
 * merged, so that a short peak is still seen.
 */
export function throttleViews(clock: Clock, publish: (view: ViewBody) => void) {
  const last = new Map<ViewBody['kind'], number>();
  const pending = new Map<ViewBody['kind'], { view: ViewBody; timer: Timer }>();
  const emit = (view: ViewBody) => {
    last.set(view.kind, clock.monotonic());
    publish(view);
  };
  return {
    show(view: ViewBody): void {
      const held = pending.get(view.kind);
      if (held) {
        held.view = merge(held.view, view);
        return;
      }
      const wait = PERIOD - (clock.monotonic() - (last.get(view.kind) ?? -PERIOD));
      if (wait <= 0) return emit(view);
      const timer = clock.after(wait, () => {
        const due = pending.get(view.kind);
        pending.delete(view.kind);
        if (due) emit(due.view);
      });
      pending.set(view.kind, { view, timer });
    },
    close(): void {
      for (const { timer } of pending.values()) timer.cancel();
      pending.clear();
    },
  };
}

function merge(before: ViewBody, now: ViewBody): ViewBody {
  if (before.kind !== 'readings' || now.kind !== 'readings') return now;
  const earlier = new Map(before.channels.map((channel) => [channel.name, channel]));
  const channels = now.channels.map((channel) => {
    const held = earlier.get(channel.name);
    if (!held) return channel;
    return { ...channel, min: Math.min(held.min, channel.min), max: Math.max(held.max, channel.max) };
  });
  const merged: ViewOf<'readings'> = { ...now, channels };
  return merged;
}
