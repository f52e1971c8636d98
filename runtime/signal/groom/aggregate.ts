import type { AggregateStep, Summary } from './schema.ts';
import { type ChannelStep, type Drop, PATIENCE, type Point } from './types.ts';

/**
 * Summarises the values of each period, which begin at whole multiples since 1970. A summary leaves when the first value of a later
 * period comes, or at the end of the stream, and its time is the period's end; a period without values has none. A value
 * of a period that has been sent is too late, unless the source's clock was set back.
 */
export function aggregate({ period, summaries }: AggregateStep, drop: Drop): ChannelStep {
  const length = period * 1000;
  let newest: Point | undefined;
  let begun = -Infinity;
  let count = 0;
  let [min, mean, max] = [Infinity, 0, -Infinity];
  let lateInRow = 0;

  const summary = (which: Summary, last: Point): number =>
    which === 'last' ? last.value : which === 'min' ? min : which === 'max' ? max : mean;

  const leave = (pass: (point: Point) => void) => {
    if (!newest) return;
    drop('aggregate', count);
    for (const which of summaries) {
      pass({
        ...newest,
        ...{ value: summary(which, newest), start: begun, time: begun + length },
        ...(summaries.length > 1 && { summary: which }),
      });
    }
    newest = undefined;
    count = 0;
    [min, mean, max] = [Infinity, 0, -Infinity];
  };

  return {
    take(point, pass) {
      const start = Math.floor(point.time / length) * length;
      if (start < begun && ++lateInRow < PATIENCE) return drop('late');
      lateInRow = 0;
      if (start !== begun) leave(pass);
      begun = start;
      count++;
      min = Math.min(min, point.value);
      max = Math.max(max, point.value);
      // Welford: no sum that outgrows its digits.
      mean += (point.value - mean) / count;
      if (!newest || point.time >= newest.time) newest = point;
    },
    flush: leave,
    get held() {
      return count;
    },
  };
}
