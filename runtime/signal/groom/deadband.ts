import type { DeadbandStep } from './schema.ts';
import type { ChannelStep, Drop } from './types.ts';

/**
 * Leaves out what differs from the last value that was passed on by no more than `amount`, in the channel's unit or in per cent of
 * that value. With a heartbeat, the first value after so long a silence is passed on even so.
 */
export function deadband({ amount, percent, heartbeat }: DeadbandStep, drop: Drop): ChannelStep {
  const longest = heartbeat > 0 ? heartbeat * 1000 : Infinity;
  let last = { value: NaN, time: NaN };
  return {
    take(point, pass) {
      const band = percent ? (amount / 100) * Math.abs(last.value) : amount;
      // Without a last one, and after a clock that was set back, the value is news.
      const near = Math.abs(point.value - last.value) <= band;
      const soon = point.time - last.time < longest && point.time >= last.time;
      if (near && soon) return drop('deadband');
      last = point;
      pass(point);
    },
  };
}
