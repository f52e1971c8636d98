/**
 * The nearest stored rows of one row; of equally near ones those that are stored first.
 *
 * @param stored whole numbers, rows × width
 * @param found  written: indices, nearest first
 * @param worst  written: their squared distances
 */
export function nearest(row: Float64Array, stored: Float64Array, found: Int32Array, worst: Float64Array): void {
  const width = row.length;
  const count = found.length;
  worst.fill(Infinity);
  const rows = stored.length / width;
  for (let other = 0; other < rows; other++) {
    const limit = worst[count - 1] as number;
    let sum = 0;
    let column = 0;
    const from = other * width;
    while (column < width) {
      const end = Math.min(width, column + 8);
      for (; column < end; column++) {
        const off = (row[column] as number) - (stored[from + column] as number);
        sum += off * off;
      }
      if (sum >= limit) break;
    }
    if (sum >= limit) continue;
    let place = count - 1;
    for (; place > 0 && (worst[place - 1] as number) > sum; place--) {
      worst[place] = worst[place - 1] as number;
      found[place] = found[place - 1] as number;
    }
    worst[place] = sum;
    found[place] = other;
  }
}
