/** The last values of a stream and their median, kept sorted. */
export interface SlidingMedian {
  readonly held: number;
  push(value: number): void;
  /** NaN without a value. */
  median(): number;
  /** The median of the absolute deviations from `centre`. */
  medianDeviation(centre: number): number;
}

/** @param length values; a push takes time in proportion to it */
export function createSlidingMedian(length: number): SlidingMedian {
  const recent = new Float64Array(length);
  const sorted = new Float64Array(length);
  const deviations = new Float64Array(length);
  let count = 0;
  let held = 0;

  const placeOf = (value: number): number => {
    let [low, high] = [0, held];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const middleOf = (ascending: Float64Array, size: number): number =>
    size % 2 === 1
      ? (ascending[size >> 1] as number)
      : ((ascending[size / 2 - 1] ?? NaN) + (ascending[size / 2] ?? NaN)) / 2;

  return {
    get held() {
      return held;
    },
    push(value) {
      const at = count++ % length;
      if (held === length) {
        const gone = placeOf(recent[at] as number);
        sorted.copyWithin(gone, gone + 1, held--);
      }
      const place = placeOf(value);
      sorted.copyWithin(place + 1, place, held++);
      sorted[place] = value;
      recent[at] = value;
    },
    median: () => middleOf(sorted, held),
    medianDeviation(centre) {
      // From the centre outwards, the deviations on either side ascend: the two are merged.
      let above = placeOf(centre);
      let below = above - 1;
      for (let index = 0; index <= held >> 1; index++) {
        const down = below >= 0 ? centre - (sorted[below] as number) : Infinity;
        const up = above < held ? (sorted[above] as number) - centre : Infinity;
        deviations[index] = down < up ? down : up;
        if (down < up) below--;
        else above++;
      }
      return middleOf(deviations, held);
    },
  };
}
