import { defineLimit } from '../../base/index.ts';
import type { Stage } from './stage.ts';
import type { Tally } from './tally.ts';

const reorderSamples = defineLimit(
  'window_reorder_samples',
  1024,
  'Samples that a window holds back to put late ones in their place; the oldest go on earlier than they need to',
);

interface ReorderOptions {
  readonly next: Stage;
  readonly tally: Tally;
  /** ms by which a sample may be late and is still put in its place. */
  readonly milliseconds: number;
  /** Values a sample. */
  readonly width: number;
}

/**
 * Puts samples in order of time that come a little late. Each is held back until one has come that was taken
 * `milliseconds` later: so it is the samples' own times that decide, not when they arrive. What is later than that is
 * passed on out of order, and left out by the next rule.
 */
export function reorder({ next, tally, milliseconds, width }: ReorderOptions): Stage {
  const room = Math.max(1, Math.floor(reorderSamples.value));
  const values = new Float64Array(room * width);
  const times = new Float64Array(room);
  const leftOut = new Uint32Array(room);
  const origins = new Array<unknown>(room);
  const passed = new Float64Array(width);
  // The slots in order of time, oldest first, and those that are free behind them.
  const slots = Uint32Array.from({ length: room }, (_, index) => index);
  let held = 0;
  let released = -Infinity;

  const release = () => {
    const slot = slots[0] as number;
    slots.copyWithin(0, 1, held);
    slots[--held] = slot;
    for (let channel = 0; channel < width; channel++) passed[channel] = values[slot * width + channel] as number;
    const origin = origins[slot];
    origins[slot] = undefined;
    released = times[slot] as number;
    next.push(passed, released, leftOut[slot] as number, origin);
  };

  return {
    push(sample, time, leftOutBefore, origin) {
      if (time <= released) return next.push(sample, time, leftOutBefore, origin);
      if (held === room) {
        reorderSamples.cost();
        release();
      }
      const slot = slots[held] as number;
      for (let channel = 0; channel < width; channel++) values[slot * width + channel] = sample[channel] as number;
      times[slot] = time;
      leftOut[slot] = leftOutBefore;
      origins[slot] = origin;
      tally.inRow.incomplete = 0;
      let at = held;
      for (; at > 0 && (times[slots[at - 1] as number] as number) > time; at--) slots[at] = slots[at - 1] as number;
      slots[at] = slot;
      if (at < held) tally.counts.reordered++;
      held++;
      const newest = times[slots[held - 1] as number] as number;
      while (held > 0 && newest - (times[slots[0] as number] as number) >= milliseconds) release();
    },
    restart() {
      held = 0;
      released = -Infinity;
      origins.fill(undefined);
    },
    gap: (samples, resumes) => next.gap(samples, resumes),
  };
}
