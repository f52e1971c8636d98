/**
 * Quantile of sorted values, with linear interpolation between order statistics.
 *
 * @param sorted ascending, no NaN
 * @param p      in [0, 1]
 * @returns NaN of nothing
 * @see Hyndman and Fan (1996), type 7: the default of numpy.quantile and R
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const at = (sorted.length - 1) * p;
  const lower = Math.floor(at);
  const below = sorted[lower] ?? NaN;
  const above = sorted[Math.min(lower + 1, sorted.length - 1)] ?? NaN;
  return below + (above - below) * (at - lower);
}
