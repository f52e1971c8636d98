import type { OutliersStep } from './schema.ts';
import { createSlidingMedian } from './sliding-median.ts';
import type { ChannelStep, Drop } from './types.ts';

/** Of normally distributed values, the standard deviation in median absolute deviations: 1 / Φ⁻¹(3/4). */
const SIGMA = 1.4826022185056018;

/**
 * Hampel identifier, as a stream has it: a value is left out if it lies more than `sigmas` standard deviations from the median
 * of the last `window` values, itself included; the standard deviation is told by the median absolute deviation. What is left out still counts for
 * those after it: so a value that stays is followed once it is the majority. Nothing is judged before there are `window` values.
 *
 * @see Hampel (1974), The influence curve and its role in robust estimation; MATLAB's hampel has the window on both sides
 */
export function outliers({ window, sigmas, least }: OutliersStep, drop: Drop): ChannelStep {
  const values = createSlidingMedian(window);
  return {
    take(point, pass) {
      values.push(point.value);
      if (values.held < window) return pass(point);
      const median = values.median();
      const scatter = SIGMA * values.medianDeviation(median);
      if (Math.abs(point.value - median) > Math.max(sigmas * scatter, least)) drop('outliers');
      else pass(point);
    },
  };
}
