/** The recent past of one thing, bounded in points and in time. */
export interface History<T> {
  add(time: number, value: T): void;
  /** Oldest first. */
  readonly points: readonly { readonly time: number; readonly value: T }[];
}

/**
 * @param most  points that are kept at most
 * @param span  ms that are kept, counted from the newest point
 * @param least points that are kept however old they are: what is measured once a minute has a past too
 */
export function createHistory<T>(most: number, span = Infinity, least = 0): History<T> {
  const points: { time: number; value: T }[] = [];
  return {
    points,
    add(time, value) {
      const last = points.at(-1);
      // A clock that was set back would draw a line that runs backwards.
      if (last && time < last.time) points.length = 0;
      points.push({ time, value });
      const old = () => points.length > least && time - (points[0]?.time ?? time) > span;
      while (points.length > most || old()) points.shift();
    },
  };
}

/**
 * How much time a chart of these points shows, ms: `usual`, or the time of all points where those would be too few to
 * make a line.
 */
export function chartSpan(points: readonly { readonly time: number }[], usual: number): number {
  const [oldest, newest] = [points[0]?.time ?? 0, points.at(-1)?.time ?? 0];
  const recent = points.filter(({ time }) => newest - time <= usual).length;
  return recent >= ENOUGH ? usual : Math.max(usual, newest - oldest);
}

const ENOUGH = 15;
