import { movingExtreme } from './moving-extreme.ts';
import { movingMean } from './moving-mean.ts';
import { movingMedian } from './moving-median.ts';
import { movingRootMeanSquare } from './moving-root-mean-square.ts';
import { movingStandardDeviation } from './moving-standard-deviation.ts';

/** A statistic of the last so many values of a stream. Fewer count until there are so many. */
export interface Moving {
  /** What it holds. */
  readonly bytes: number;
  /** Takes a finite value. @returns the statistic of the values held */
  push(value: number): number;
  reset(): void;
}

export type MovingMeasure = 'mean' | 'std' | 'rms' | 'min' | 'max' | 'median';

/**
 * A push takes as long whatever the length, on average; of the median, longer the longer.
 *
 * @param measure as the function of the same name of all values has it; `std` divides by n
 * @param length  values, at least 1
 */
export function createMoving(measure: MovingMeasure, length: number): Moving {
  switch (measure) {
    case 'mean':
      return movingMean(length);
    case 'std':
      return movingStandardDeviation(length);
    case 'rms':
      return movingRootMeanSquare(length);
    case 'min':
      return movingExtreme(length, 1);
    case 'max':
      return movingExtreme(length, -1);
    case 'median':
      return movingMedian(length);
  }
}
