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

/** A message of every instant: an analog pin, or a chip with all of its words. */
export interface Source {
  /** `0` of the analog channel A0; `104` of the chip at 0x68. */
  readonly key: string;
  /** How many values it brings. */
  readonly width: number;
}

/**
 * Puts the messages of a board together into frames: one value of every channel, read at one instant. A board sends what
 * belongs to an instant in a fixed order: analog channels ascending, then chips in the order in which they were asked for. So
 * a message that does not come after the one before it begins a new frame. A frame that lacks a channel is not emitted; the
 * next one counts it as missing. A frame has the time of its first message, however many pieces it arrives in.
 */
export function createFrames(clock: Clock, emit: (frame: Frame) => void, dates?: FrameDates) {
  let ranks = new Map<string, number>();
  /** By rank, in the order in which they are sent. */
  let order: { readonly width: number; readonly at: number }[] = [];
  let counts: number[] = [];
  let interval = 0;
  let held = 0;
  let highest = -1;
  let begun = 0;
  let last: { time: number; monotonic: number } | undefined;

  const begin = (time: number) => {
    held = 0;
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
    emit({ time: begun, counts: [...counts], missing });
  };

  return {
    /**
     * @param wanted in the order in which frames list their values
     * @param sent the same, in the order in which the board sends them
     */
    plan(wanted: readonly Source[], sent: readonly string[], every: number): void {
      const starts = new Map<string, { width: number; at: number }>();
      let at = 0;
      for (const { key, width } of wanted) {
        starts.set(key, { width, at });
        at += width;
      }
      counts = new Array<number>(at).fill(0);
      ranks = new Map();
      order = [];
      for (const key of sent) {
        const start = starts.get(key);
        if (!start) continue;
        ranks.set(key, order.length);
        order.push(start);
      }
      // At the same pace, what was not read until now is missing: for those, too, whose channels stay.
      if (every !== interval || order.length === 0) {
        interval = every;
        last = undefined;
        dates?.plan(every);
      }
      begin(0);
    },
    take(key: string, values: readonly number[], time: number): void {
      const rank = ranks.get(key);
      const place = rank === undefined ? undefined : order[rank];
      if (rank === undefined || !place) return;
      // Another that asked for the same chip has a reply of its own, at the same instant.
      if (rank === highest && time === begun && !dates) return;
      if (held === 0 || rank <= highest) {
        begin(dates ? dates.next(time) : time);
      }
      highest = rank;
      // Nobody answered: this instant stays without it.
      if (values.length < place.width) return;
      for (let index = 0; index < place.width; index++) counts[place.at + index] = values[index] ?? 0;
      if (++held < order.length) return;
      complete();
      held = 0;
    },
  };
}
