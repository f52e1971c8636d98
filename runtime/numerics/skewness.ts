import { centralMoments } from './central-moments.ts';

/**
 * Sample skewness g1 = m3 / m2^1.5, biased; 0 where all values are equal.
 *
 * @see agrees with scipy.stats.skew
 */
export function skewness(values: ArrayLike<number>): number {
  const { m2, m3 } = centralMoments(values);
  return m2 > 0 ? m3 / (m2 * Math.sqrt(m2)) : 0;
}
