import type { CompressStep } from './schema.ts';
import { type ChannelStep, type Drop, PATIENCE, type Point } from './types.ts';

/**
 * Swinging door trending: keeps only the readings between which a straight line tells the others. A line drawn from each kept reading
 * to the next lies no further than `deviation` from every reading between them: that is the guarantee. The door is
 * the corridor of slopes, from the last kept reading, of the lines that do so. It narrows with each reading; the one
 * before is kept as soon as the line to the newest would leave it. Published forms keep a reading once the corridor is
 * empty, by which a line can miss by up to twice the deviation.
 *
 * What is kept is always a reading, never a value that was made up. One is held back, the newest.
 *
 * @see Bristol (1990), Swinging door trending: adaptive trend recording, ISA National Conference
 */
export function compress({ deviation, longest }: CompressStep, drop: Drop): ChannelStep {
  const limit = longest > 0 ? longest * 1000 : Infinity;
  let kept: Point | undefined;
  let newest: Point | undefined;
  let [lowest, highest] = [-Infinity, Infinity];
  let lateInRow = 0;

  const keep = (point: Point, pass: (point: Point) => void) => {
    kept = point;
    newest = undefined;
    [lowest, highest] = [-Infinity, Infinity];
    pass(point);
  };

  const flush = (pass: (point: Point) => void) => {
    if (newest) pass(newest);
    kept = newest = undefined;
    [lowest, highest] = [-Infinity, Infinity];
  };

  return {
    take(point, pass) {
      if (!kept) return keep(point, pass);
      if (point.time <= (newest ?? kept).time) {
        if (++lateInRow < PATIENCE) return drop('late');
        flush(pass);
        lateInRow = 0;
        return keep(point, pass);
      }
      lateInRow = 0;
      let after = point.time - kept.time;
      let slope = (point.value - kept.value) / after;
      if (newest && (slope < lowest || slope > highest || after > limit)) {
        keep(newest, pass);
        after = point.time - kept.time;
        slope = (point.value - kept.value) / after;
      } else if (newest) drop('compress');
      lowest = Math.max(lowest, slope - deviation / after);
      highest = Math.min(highest, slope + deviation / after);
      newest = point;
    },
    flush,
    get held() {
      return newest ? 1 : 0;
    },
  };
}
