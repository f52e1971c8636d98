import type { CutParts } from './cut-by-count.ts';
import { estimateRate } from './estimate-rate.ts';
import { findGaps, missingIn } from './find-gaps.ts';
import { createSampleQueue } from './sample-queue.ts';
import { type Cutter, ENOUGH } from './stage.ts';

/**
 * Windows that last `length` ms, one every `stride` ms from the first sample on. A window has the samples from its start
 * (included) to its end (not included), however many they are, and leaves when the first sample after its end comes. One
 * with fewer than two is not sent.
 */
export function cutByTime(length: number, stride: number, { channels, rate, pace, tally, emit }: CutParts): Cutter {
  const width = channels.length;
  const queue = createSampleQueue(width);
  let start = NaN;
  let brokenAt = -Infinity;
  let newest: unknown;

  const leave = (samples: number) => {
    if (samples < 2 || brokenAt > start) return tally.drop();
    const times = Float64Array.from({ length: samples }, (_, index) => queue.time(index));
    const leftOut = Uint32Array.from({ length: samples }, (_, index) => queue.leftOut(index));
    const data = new Float32Array(samples * width);
    for (let index = 0, at = 0; index < samples; index++) {
      for (let channel = 0; channel < width; channel++) data[at++] = queue.value(index, channel);
    }
    const perSecond = rate > 0 ? rate : estimateRate(times);
    pace.rate = perSecond;
    const gapsAt = findGaps(times, leftOut, perSecond);
    emit({
      payload: { channels: [...channels], rate: perSecond, start: times[0] as number, data, shape: [samples, width] },
      time: times.at(-1) as number,
      gaps: missingIn(gapsAt),
      gapsAt,
      origin: newest,
    });
  };

  const before = (time: number): number => {
    let count = 0;
    while (count < queue.size && queue.time(count) < time) count++;
    return count;
  };

  /** Whether the last sample stands at the end of the window that is being filled: nothing of it is missing. */
  const isWhole = (): boolean => {
    if (queue.size < 2) return false;
    const perSecond = pace.rate ?? estimateRate(Float64Array.from({ length: queue.size }, (_, at) => queue.time(at)));
    return queue.time(queue.size - 1) >= start + length - 1500 / perSecond;
  };

  return {
    push(values, time, leftOut, origin) {
      if (Number.isNaN(start)) start = time;
      while (time >= start + length) {
        if (queue.size === 0) {
          // Nothing fell into these: one step, however long the silence or the leap of the clock.
          const silent = Math.floor((time - start - length) / stride) + 1;
          tally.drop(silent);
          start += silent * stride;
          break;
        }
        leave(before(start + length));
        start += stride;
        queue.drop(before(start));
      }
      newest = origin;
      // Where windows lie apart, what is between them belongs to none.
      if (time < start) return;
      queue.push(values, time, leftOut);
      if (pace.rate === undefined && queue.size === ENOUGH) {
        pace.rate = estimateRate(Float64Array.from({ length: ENOUGH }, (_, index) => queue.time(index)));
      }
    },
    restart() {
      // What is whole leaves; the others were begun and never sent.
      if (isWhole()) leave(queue.size);
      else if (queue.size > 0) tally.drop();
      queue.clear();
      start = NaN;
      brokenAt = -Infinity;
    },
    gap(_samples, resumes) {
      if (isWhole()) {
        leave(queue.size);
        start += stride;
        queue.drop(before(start));
      }
      brokenAt = resumes;
    },
    get held() {
      return queue.size;
    },
  };
}
