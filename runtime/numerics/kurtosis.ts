import { centralMoments } from './central-moments.ts';

/**
 * Excess kurtosis g2 = m4 / m2² - 3, biased: 0 of a normal distribution; 0 where all values are equal.
 *
 * @see agrees with scipy.stats.kurtosis
 */
export function kurtosis(values: ArrayLike<number>): number {
  const { m2, m4 } = centralMoments(values);
  return m2 > 0 ? m4 / (m2 * m2) - 3 : 0;
}
