import type { CutParts } from './cut-by-count.ts';
import { estimateRate } from './estimate-rate.ts';
import { findGaps, missingIn } from './find-gaps.ts';
import { createSampleRing } from './sample-ring.ts';
import type { Crossing } from './settings.ts';
import { type Cutter, ENOUGH } from './stage.ts';

interface TriggerSettings {
  readonly before: number;
  readonly after: number;
  readonly crossing: Crossing | undefined;
}

/**
 * A window around each trigger: `before` samples before it, and `after` from it on. A trigger that comes while a window is
 * being filled, or before there are enough samples, is ignored and counted. It holds one window.
 */
export function cutOnTrigger({ before, after, crossing }: TriggerSettings, parts: CutParts): Cutter {
  const { channels, rate, pace, tally, emit } = parts;
  const length = before + after;
  const ring = createSampleRing(length, channels.length);
  const watched = crossing ? Math.max(0, channels.indexOf(crossing.channel)) : -1;
  let previous = NaN;
  let wantedAt: number | undefined;
  let remaining = 0;
  let triggered = NaN;
  let whole = Infinity;

  const crosses = (now: number): boolean => {
    if (!crossing) return false;
    const { level, direction } = crossing;
    const rises = previous < level && now >= level;
    const falls = previous > level && now <= level;
    return direction === 'rising' ? rises : direction === 'falling' ? falls : rises || falls;
  };

  const leave = (time: number, origin: unknown) => {
    if (whole < length) return tally.drop();
    const times = ring.times();
    const perSecond = rate > 0 ? rate : estimateRate(times);
    pace.rate = perSecond;
    const gapsAt = findGaps(times, ring.leftOut(), perSecond);
    const shape: [number, number] = [length, channels.length];
    emit({
      payload: { channels: [...channels], rate: perSecond, start: times[0] as number, data: ring.values(), shape },
      time,
      gaps: missingIn(gapsAt),
      gapsAt,
      triggered,
      origin,
    });
  };

  return {
    push(values, time, leftOut, origin) {
      ring.push(values, time, leftOut);
      whole++;
      if (pace.rate === undefined && ring.held === ENOUGH) pace.rate = estimateRate(ring.times());
      const wanted = wantedAt !== undefined && time >= wantedAt;
      if (wanted) wantedAt = undefined;
      const crossed = watched >= 0 && crosses(values[watched] as number);
      if (watched >= 0) previous = values[watched] as number;
      if (wanted || crossed) {
        if (remaining > 0 || ring.held <= before) {
          // What vibrates crosses a level again and again while its window is being filled.
          if (wanted || remaining === 0) tally.counts.ignored++;
        } else {
          remaining = after;
          triggered = time;
        }
      }
      if (remaining > 0 && --remaining === 0) leave(time, origin);
    },
    trigger(time) {
      if (wantedAt !== undefined) tally.counts.ignored++;
      // The earlier one: a time that never comes must not stand in the way of all others.
      wantedAt = wantedAt === undefined ? time : Math.min(wantedAt, time);
    },
    restart() {
      if (remaining > 0) tally.drop();
      if (wantedAt !== undefined) tally.counts.ignored++;
      wantedAt = undefined;
      ring.clear();
      remaining = 0;
      previous = NaN;
      whole = Infinity;
    },
    gap() {
      whole = 0;
      previous = NaN;
    },
    get held() {
      return ring.held;
    },
  };
}
