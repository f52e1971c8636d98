/** How much values resemble those before them: running sums, as plain JSON. */
export interface Dependence {
  count: number;
  mean: number;
  squares: number;
  products: number;
  last: number | null;
}

/** From fewer values no correlation is believed. */
const FEW = 30;
const MOST = 0.95;
/** Standard errors from which on a correlation is none of chance. */
const SURE = 2;

export const noDependence = (): Dependence => ({ count: 0, mean: 0, squares: 0, products: 0, last: null });

/** Takes the next value of the stream. */
export function follow(sums: Dependence, value: number): void {
  sums.count++;
  const before = value - sums.mean;
  sums.mean += before / sums.count;
  sums.squares += before * (value - sums.mean);
  if (sums.last !== null) sums.products += (value - sums.mean) * (sums.last - sums.mean);
  sums.last = value;
}

/**
 * By how much the variance of a mean grows because values resemble their neighbours: (1 + r) / (1 - r), where r is the
 * correlation of neighbours. At least 1.
 *
 * @see Bayley and Hammersley (1946): the effective number of independent observations
 */
export function inflation({ count, squares, products }: Dependence): number {
  if (count < FEW || squares <= 0) return 1;
  const correlation = products / squares;
  const error = Math.sqrt(Math.max(0, 1 - correlation * correlation) / count);
  // Where there is one, it may be larger than it seems; where there may be none, it is not made up.
  const cautious = correlation > SURE * error ? correlation + error : correlation;
  const r = Math.min(MOST, Math.max(0, cautious));
  return (1 + r) / (1 - r);
}
