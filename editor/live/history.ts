/** The recent past of one thing, bounded in points and in time. */
export interface History<T> {
  add(time: number, value: T): void;
  /** Oldest first. */
  readonly points: readonly { readonly time: number; readonly value: T }[];
}

/**
 * @param most  points that are kept
 * @param span  ms that are kept, counted from the newest point
 */
export function createHistory<T>(most: number, span = Infinity): History<T> {
  const points: { time: number; value: T }[] = [];
  return {
    points,
    add(time, value) {
      const last = points.at(-1);
      // A clock that was set back would draw a line that runs backwards.
      if (last && time < last.time) points.length = 0;
      points.push({ time, value });
      while (points.length > most || time - (points[0]?.time ?? time) > span) points.shift();
    },
  };
}
