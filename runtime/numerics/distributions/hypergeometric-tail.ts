import { logGamma } from './log-gamma.ts';

/**
 * Upper tail of the hypergeometric distribution: of `marked` among `all`, how likely at least `hits` are in a draw of
 * `drawn` without putting back. It is the p-value of Fisher's exact test of two shares, one-sided.
 *
 * @see Fisher (1934); agrees with scipy.stats.hypergeom.sf(hits - 1, all, marked, drawn)
 *
 * @example
 * hypergeometricTail(2, 10, 3, 5).toFixed(9); // '0.500000000'
 */
export function hypergeometricTail(hits: number, all: number, marked: number, drawn: number): number {
  const from = Math.ceil(hits);
  const most = Math.min(marked, drawn);
  if (from <= Math.max(0, drawn + marked - all)) return 1;
  if (from > most) return 0;
  const ways = logChoose(all, drawn);
  let sum = 0;
  for (let k = from; k <= most; k++) sum += Math.exp(logChoose(marked, k) + logChoose(all - marked, drawn - k) - ways);
  return Math.min(1, sum);
}

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
