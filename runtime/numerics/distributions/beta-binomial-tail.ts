import { logGamma } from './log-gamma.ts';

/**
 * Upper tail of the beta-binomial distribution: how likely so many hits in so many trials are where the share itself is
 * known only by a beta distribution. With large `a` and `b` it is the binomial's.
 *
 * @param hits   0 to `trials`; no hit is certain, so that it gives 1
 * @param trials a whole number
 * @param a      hits seen before and a prior, positive
 * @param b      misses seen before and a prior, positive
 * @returns the probability of at least `hits`
 * @see Skellam (1948); agrees with scipy.stats.betabinom.sf(hits - 1, trials, a, b)
 *
 * @example
 * betaBinomialTail(2, 2, 1, 1).toFixed(9); // '0.333333333'
 */
export function betaBinomialTail(hits: number, trials: number, a: number, b: number): number {
  const from = Math.ceil(hits);
  if (from <= 0) return 1;
  if (from > trials) return 0;
  const all = logBeta(a, b);
  let sum = 0;
  for (let k = from; k <= trials; k++) {
    const ways = logGamma(trials + 1) - logGamma(k + 1) - logGamma(trials - k + 1);
    sum += Math.exp(ways + logBeta(k + a, trials - k + b) - all);
  }
  return Math.min(1, sum);
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);
