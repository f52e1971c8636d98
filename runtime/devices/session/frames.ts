import type { Clock } from '../../base/index.ts';

export interface Frame {
  readonly time: number;
  readonly counts: readonly number[];
  readonly missing: number;
}

/** Of a real wire, which delivers unevenly: says when a frame was read whose first bytes came at `read`. */
export interface FrameDates {
  plan(interval: number): void;
  next(read: number): number;
}

/**
 * Puts the analog messages of a board together into frames: one value of every channel, read at one instant. A board sends
 * the channels of an instant in ascending order, so a channel that does not ascend begins a new frame. A frame that lacks a
 * channel is not emitted; the next one counts it as missing.
 */
export function createFrames(clock: Clock, emit: (frame: Frame) => void, dates?: FrameDates) {
  let channels: readonly number[] = [];
  let interval = 0;
  let values = new Map<number, number>();
  let highest = -1;
  let begun = 0;
  let last: { time: number; monotonic: number } | undefined;

  const begin = (time: number) => {
    values = new Map();
    highest = -1;
    begun = time;
  };

  const complete = () => {
    const monotonic = clock.monotonic();
    let missing = 0;
    if (last) {
      // Late delivery is no gap, and neither is a clock that was set: both durations must say so.
      const passed = Math.min(begun - last.time, dates ? Infinity : monotonic - last.monotonic);
      missing = Math.max(0, Math.round(passed / interval) - 1);
    }
    last = { time: begun, monotonic };
    const counts = channels.map((channel) => values.get(channel) ?? 0);
    emit({ time: begun, counts, missing });
  };

  return {
    /** @param wanted analog channels in the order in which frames list them */
    plan(wanted: readonly number[], every: number): void {
      channels = wanted;
      interval = every;
      dates?.plan(every);
      last = undefined;
      begin(0);
    },
    take(channel: number, count: number, time: number): void {
      if (!channels.includes(channel)) return;
      if (values.size === 0 || channel <= highest) begin(dates ? dates.next(time) : time);
      highest = channel;
      values.set(channel, count);
      if (values.size < channels.length) return;
      complete();
      begin(time);
    },
  };
}
