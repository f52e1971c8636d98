import { estimateRate } from './estimate-rate.ts';
import { findGaps, missingIn } from './find-gaps.ts';
import { createSampleRing } from './sample-ring.ts';
import type { Window } from './settings.ts';
import { type Cutter, ENOUGH, type Pace } from './stage.ts';
import type { Tally } from './tally.ts';

export interface CutParts {
  readonly channels: readonly string[];
  /** Hz; 0: the times of each window's own samples tell. */
  readonly rate: number;
  readonly pace: Pace;
  readonly tally: Tally;
  emit(window: Window): void;
}

/** Windows of a fixed number of samples, one every `stride` samples. It holds one window. */
export function cutByCount(length: number, stride: number, { channels, rate, pace, tally, emit }: CutParts): Cutter {
  const ring = createSampleRing(length, channels.length);
  let untilWindow = length;
  // Samples since a gap that no window may span.
  let whole = Infinity;

  return {
    push(values, time, leftOut, origin) {
      ring.push(values, time, leftOut);
      whole++;
      if (pace.rate === undefined && ring.held === ENOUGH) pace.rate = estimateRate(ring.times());
      if (--untilWindow > 0) return;
      untilWindow = stride;
      if (whole < length) return tally.drop();
      const times = ring.times();
      const perSecond = rate > 0 ? rate : estimateRate(times);
      pace.rate = perSecond;
      const gapsAt = findGaps(times, ring.leftOut(), perSecond);
      emit({
        payload: {
          channels: [...channels],
          rate: perSecond,
          start: times[0] as number,
          data: ring.values(),
          shape: [length, channels.length],
        },
        time,
        gaps: missingIn(gapsAt),
        gapsAt,
        origin,
      });
    },
    restart() {
      ring.clear();
      untilWindow = length;
      whole = Infinity;
    },
    gap(samples) {
      whole = 0;
      untilWindow -= samples;
      if (untilWindow > 0) return;
      // Those that would have left in the gap.
      const due = 1 + Math.floor(-untilWindow / stride);
      untilWindow += due * stride;
      tally.drop(due);
    },
    get held() {
      return ring.held;
    },
  };
}
