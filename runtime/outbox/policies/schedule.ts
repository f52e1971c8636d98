import type { Lane, Sending } from '../schema.ts';
import { cronTimes } from './cron.ts';
import type { Gate } from './gate.ts';

/** The wall clock may be set while we wait for a time of it: it is looked at so often, ms. */
const LOOK = 60_000;

/**
 * At each time of the schedule everything goes out that waits then; what comes later waits for the next. A time that was
 * missed, because the gateway was off or restarted in the middle of it, is made up for: what has waited since before
 * it goes out at once. A jump of the clock over many times counts as one.
 */
export function scheduleGate(
  { cron, messages, bytes }: Pick<Sending, 'cron' | 'messages' | 'bytes'>,
  clock: { now(): number; monotonic(): number },
  timezone?: string,
): Gate {
  const times = cronTimes(cron, timezone);
  /** Of each lane, up to which place it may go out. */
  const released = new Map<Lane, number>();
  let looked = clock.now();
  let due = times.after(looked);

  return {
    look(lanes) {
      const now = clock.now();
      const come = now >= due;
      // Also after the clock was set back: the next time is the one that it will show next.
      if (come || now < looked) due = times.after(now);
      looked = now;
      for (const { lane, messages: count, position, age } of lanes) {
        const before = released.get(lane);
        const missed = before === undefined && count > 0 && now - age < times.upTo(now);
        if (come || missed) released.set(lane, Math.max(before ?? 0, position + count));
        else if (count > 0 && before === undefined) released.set(lane, 0);
      }
    },
    admit({ lane, position }) {
      const open = (released.get(lane) ?? 0) - position;
      if (open > 0) return { messages: Math.min(open, messages), bytes };
      const pause = Math.min(LOOK, Math.max(1, due - clock.now()));
      return { at: clock.monotonic() + pause, reason: 'schedule', ...(due < Infinity && { until: due }) };
    },
  };
}
