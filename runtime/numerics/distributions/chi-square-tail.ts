import { gammaTail } from './gamma-tail.ts';

/**
 * Upper tail of the chi-square distribution.
 *
 * @param degrees of freedom, positive
 * @returns the probability of a value of at least x
 * @see agrees with scipy.stats.chi2.sf
 *
 * @example
 * chiSquareTail(3.841458820694124, 1).toFixed(9); // '0.050000000'
 */
export const chiSquareTail = (x: number, degrees: number): number => gammaTail(degrees / 2, x / 2);
