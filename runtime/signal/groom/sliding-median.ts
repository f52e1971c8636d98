import { createSortedWindow } from '../../numerics/index.ts';

/** The median of the last values of a stream. */
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
  const window = createSortedWindow(length);
  const { sorted } = window;
  const deviations = new Float64Array(length);

  const middleOf = (ascending: Float64Array, size: number): number =>
    size % 2 === 1
      ? (ascending[size >> 1] as number)
      : ((ascending[size / 2 - 1] ?? NaN) + (ascending[size / 2] ?? NaN)) / 2;

  return {
    get held() {
      return window.held;
    },
    push: (value) => window.push(value),
    median: () => middleOf(sorted, window.held),
    medianDeviation(centre) {
      const { held } = window;
      // From the centre outwards, the deviations on either side ascend: the two are merged.
      let above = window.below(centre);
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
