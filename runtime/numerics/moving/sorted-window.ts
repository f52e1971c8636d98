/** The last so many values of a stream, sorted. */
export interface SortedWindow {
  /** Values held: as many as were pushed, at most the length. */
  readonly held: number;
  readonly bytes: number;
  /** The first `held` are those held, ascending. */
  readonly sorted: Float64Array;
  push(value: number): void;
  /** How many of those held are smaller. */
  below(value: number): number;
  reset(): void;
}

/** Up to so many, moving them one by one is faster than asking for it. */
const FEW = 64;

/** A push moves those values that lie between the one that goes and the one that comes. */
export function createSortedWindow(length: number): SortedWindow {
  const recent = new Float64Array(length);
  const sorted = new Float64Array(length);
  let next = 0;
  let held = 0;

  const below = (value: number): number => {
    let low = 0;
    let high = held;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /** Moves the values from `from` up to `to` by one place up or down. */
  const shift = (from: number, to: number, by: 1 | -1) => {
    if (to - from > FEW) sorted.copyWithin(from + by, from, to);
    else if (by > 0) for (let n = to; n > from; n--) sorted[n] = sorted[n - 1] as number;
    else for (let n = from; n < to; n++) sorted[n - 1] = sorted[n] as number;
  };

  return {
    get held() {
      return held;
    },
    bytes: recent.byteLength + sorted.byteLength,
    sorted,
    push(value) {
      let at = below(value);
      if (held === length) {
        const gone = below(recent[next] as number);
        if (gone < at) shift(gone + 1, at--, -1);
        else shift(at, gone, 1);
      } else shift(at, held++, 1);
      sorted[at] = value;
      recent[next] = value;
      next = next + 1 === length ? 0 : next + 1;
    },
    below,
    reset() {
      next = held = 0;
    },
  };
}
