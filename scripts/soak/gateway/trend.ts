/**
 * How much a series rises from its begin to its end, by the Theil–Sen line: the median of the slopes between all pairs. A few
 * peaks, and the saw that a garbage collector draws, do not turn it.
 *
 * @param points `[time, value]`, in any unit
 * @returns in the unit of the values; NaN with fewer than two times
 * @see Sen (1968); the slope agrees with scipy.stats.theilslopes
 */
export function rise(points: readonly (readonly [number, number])[]): number {
  const slopes: number[] = [];
  for (const [i, [time, value]] of points.entries()) {
    for (const [later, other] of points.slice(i + 1)) if (later !== time) slopes.push((other - value) / (later - time));
  }
  slopes.sort((a, b) => a - b);
  const middle = slopes.length / 2;
  const slope = ((slopes[Math.ceil(middle) - 1] ?? NaN) + (slopes[Math.floor(middle)] ?? NaN)) / 2;
  const times = points.map(([time]) => time);
  return slope * (Math.max(...times) - Math.min(...times));
}
