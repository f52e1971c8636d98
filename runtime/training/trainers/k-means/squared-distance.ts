/**
 * Sum of squared differences. Squares are never expanded: of far-off rows they would cancel.
 *
 * @param enough the sum may stop once it is above it
 */
export function squaredDistance(
  row: Float32Array,
  from: number,
  centre: Float64Array,
  at: number,
  width: number,
  enough = Infinity,
): number {
  let sum = 0;
  let column = 0;
  while (column < width) {
    const end = Math.min(width, column + 16);
    for (; column < end; column++) {
      const off = (row[from + column] as number) - (centre[at + column] as number);
      sum += off * off;
    }
    if (sum > enough) break;
  }
  return sum;
}
