import { movingExtreme } from './moving-extreme.ts';
import { movingMedian } from './moving-median.ts';
import { movingMoments, type MovingMoments } from './moving-moments.ts';

/** A statistic of the last so many values of a stream. Fewer count until there are so many. */
export interface Moving {
  /** What it holds. */
  readonly bytes: number;
  /** Takes a value. @returns the statistic of the values held */
  push(value: number): number;
  reset(): void;
}

export type MovingMeasure = 'mean' | 'std' | 'rms' | 'min' | 'max' | 'median';

/**
 * @param measure as the function of the same name of all values has it; `std` divides by n
 * @param length  values, at least 1
 */
export function createMoving(measure: MovingMeasure, length: number): Moving {
  switch (measure) {
    case 'mean':
      return ofMoments(length, ({ mean }) => mean);
    case 'std':
      return ofMoments(length, ({ squares, count }) => Math.sqrt(squares / count));
    case 'rms':
      return ofMoments(length, ({ squares, count, mean }) => Math.sqrt(squares / count + mean * mean));
    case 'min':
      return movingExtreme(length, (a, b) => a <= b);
    case 'max':
      return movingExtreme(length, (a, b) => a >= b);
    case 'median':
      return movingMedian(length);
  }
}

function ofMoments(length: number, measure: (moments: MovingMoments) => number): Moving {
  const moments = movingMoments(length);
  return {
    bytes: moments.bytes,
    push(value) {
      moments.push(value);
      return measure(moments);
    },
    reset: () => moments.reset(),
  };
}
