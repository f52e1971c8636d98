import type { Estimate } from '../../messages/index.ts';
import { studentQuantile, wilsonInterval } from '../../numerics/index.ts';

/** Sums of one ratio, a group each. */
export interface GroupSums {
  /** Of the numerator, by group. */
  readonly over: Float64Array;
  /** Of the denominator. */
  readonly under: Float64Array;
}

/**
 * A ratio of two sums with its 95 % interval, where rows of one group resemble each other: the groups are what varies.
 *
 * @returns the value 0 in [0, 1] where there is nothing to divide by
 * @see Cochran (1977), Sampling Techniques, chapter 6: the ratio estimator, linearised; Student's t with groups − 1
 */
export function ratioEstimate({ over, under }: GroupSums): Estimate {
  const below = sum(under);
  if (below === 0) return { value: 0, low: 0, high: 1 };
  const value = sum(over) / below;
  const half = spread(over.map((part, group) => (part - value * (under[group] as number)) / below));
  return { value, low: value - half, high: value + half };
}

/**
 * As `ratioEstimate`, of a share of rows: never narrower than rows that have nothing to do with each other would give, which
 * also holds where every group agrees.
 */
export function shareEstimate(sums: GroupSums): Estimate {
  const { value, low, high } = ratioEstimate(sums);
  const [least, most] = wilsonInterval(sum(sums.over), sum(sums.under));
  return { value, low: Math.max(0, Math.min(low, least)), high: Math.min(1, Math.max(high, most)) };
}

/**
 * Half the 95 % interval of a sum of independent parts whose mean is 0: 0 for a single part, which says nothing of how it
 * varies.
 */
export function spread(parts: Float64Array): number {
  const count = parts.length;
  if (count < 2) return 0;
  const mean = sum(parts) / count;
  const squares = parts.reduce((total, part) => total + (part - mean) ** 2, 0);
  return studentQuantile(count - 1) * Math.sqrt((count / (count - 1)) * squares);
}

export const sum = (parts: Float64Array): number => parts.reduce((total, part) => total + part, 0);
