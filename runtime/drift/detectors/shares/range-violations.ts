import { betaBinomialTail } from '../../../numerics/index.ts';
import { checkSamples } from '../two-sample/check-samples.ts';
import type { Tested } from '../two-sample/chi-square.ts';

/**
 * Whether more values lie outside the reference's range, below its smallest or above its largest value, than a reference of
 * its size lets expect: of independent values of one continuous distribution the answer is exact, whatever it is.
 *
 * @param reference sorted ascending, no NaN
 * @param current   sorted ascending, no NaN
 * @returns the share of the current values outside, and how likely one as large is while nothing has changed
 * @throws SAMPLE_EMPTY, SAMPLE_NOT_FINITE
 * @see Wilks (1941), Annals of Mathematical Statistics 12: what lies beyond the extremes is distributed as Beta(2, m - 1)
 *
 * @example
 * rangeViolations(Float64Array.of(1, 2, 3, 4), Float64Array.of(0, 2, 3, 9)).statistic; // 0.5
 */
export function rangeViolations(reference: Float64Array, current: Float64Array): Tested {
  checkSamples('range-violations', reference, current);
  const [smallest, largest] = [reference[0] as number, reference[reference.length - 1] as number];
  let [below, upTo] = [0, current.length];
  while (below < current.length && (current[below] as number) < smallest) below++;
  while (upTo > below && (current[upTo - 1] as number) > largest) upTo--;
  const outside = below + current.length - upTo;
  // Of a single value all is outside.
  const pValue = reference.length < 2 ? 1 : betaBinomialTail(outside, current.length, 2, reference.length - 1);
  return { statistic: outside / current.length, pValue };
}
