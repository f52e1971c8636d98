import { logGamma } from './log-gamma.ts';

/**
 * Upper tail of the binomial distribution.
 *
 * @param hits   at least so many
 * @param trials a whole number
 * @param share  of hits, 0 to 1
 * @returns the probability of at least `hits`, its leading digits also where it is tiny
 * @see agrees with scipy.stats.binom.sf(hits - 1, trials, share)
 *
 * @example
 * binomialTail(3, 4, 0.5).toFixed(9); // '0.312500000'
 */
export function binomialTail(hits: number, trials: number, share: number): number {
  const from = Math.ceil(hits);
  if (from <= 0) return 1;
  if (from > trials || share <= 0) return 0;
  if (share >= 1) return 1;
  const odds = share / (1 - share);
  const logFirst =
    logGamma(trials + 1) -
    logGamma(from + 1) -
    logGamma(trials - from + 1) +
    from * Math.log(share) +
    (trials - from) * Math.log1p(-share);
  // Each term is made of the one before: only the first needs logarithms.
  let term = 1;
  let sum = 1;
  for (let k = from; k < trials; k++) {
    term *= ((trials - k) / (k + 1)) * odds;
    sum += term;
    if (term < sum * 1e-17 && (trials - k) * odds < k + 1) break;
  }
  return Math.min(1, Math.exp(logFirst + Math.log(sum)));
}
