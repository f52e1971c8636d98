import type { Clock } from '../base/index.ts';
import type { DepthPoint } from './contract.ts';

/** An hour, in so many steps as a small curve can show: the last five minutes finely, what is older coarsely, ms. */
const SPAN = 60 * 60 * 1000;
const RECENT = 5 * 60 * 1000;
const FINE = 5_000;
const COARSE = 30_000;

/**
 * How many messages waited over the last hour, as a line of steps. Nothing is noted while nothing changes, and no more than one
 * point in five seconds however fast it does.
 */
export function createDepthCourse(clock: Clock) {
  let points: { readonly at: number; depth: number }[] = [];
  let depth = 0;

  const trim = (now: number) => {
    // The last point before the hour says how much waited at its beginning.
    while (points.length > 1 && now - (points[1]?.at ?? now) > SPAN) points.shift();
  };
  const thin = (now: number) => {
    let kept = -Infinity;
    points = points.filter(({ at }, index) => {
      // What held for long is part of the picture, however short it was after something else.
      const held = (points[index + 1]?.at ?? now) - at;
      const keep = now - at <= RECENT || at - kept >= COARSE || held >= COARSE;
      if (keep) kept = at;
      return keep;
    });
  };

  return {
    /** From now on so many wait. */
    note(next: number): void {
      if (next === depth) return;
      const at = clock.monotonic();
      const last = points.at(-1);
      depth = next;
      if (last && at - last.at < FINE) {
        last.depth = next;
        return;
      }
      points.push({ at, depth: next });
      trim(at);
      thin(at);
    },
    /** Oldest first; the last is what waits now. Times are of now's clock: a clock that was set draws no line backwards. */
    get points(): readonly DepthPoint[] {
      const [now, at] = [clock.now(), clock.monotonic()];
      trim(at);
      const past = points.map((point) => ({ time: now - (at - point.at), depth: point.depth }));
      return [...past, { time: now, depth }];
    },
  };
}
