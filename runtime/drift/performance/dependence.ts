/** How much values resemble those before them: running sums, as plain JSON. */
export interface Dependence {
  count: number;
  mean: number;
  squares: number;
  products: number;
  last: number | null;
}

/** A correlation from fewer values is believed in part only. */
const FEW = 50;
const MOST = 0.95;

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
  if (count < 3 || squares <= 0) return 1;
  const correlation = (products / squares) * (count / (count + FEW));
  const r = Math.min(MOST, Math.max(0, correlation));
  return (1 + r) / (1 - r);
}
