/** Pure geometry of the small charts under nodes. Coordinates are pixels, y downwards. */

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** The range of values, widened where they are all alike, so that noise does not fill the height of a flat line. */
export function extent(values: readonly number[], least = 0): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  const missing = Math.max(least, Math.abs(high + low) * 1e-3, 1e-9) - (high - low);
  return missing > 0 ? [low - missing / 2, high + missing / 2] : [low, high];
}

/** Horizontal position of each of `n` points of at most `most`: the newest stands at the right end. */
export const place = (index: number, n: number, most: number, width: number): number =>
  width - ((n - 1 - index) * width) / Math.max(1, most - 1);

/** An SVG path through the values; gaps where one is not finite. */
export function linePath(
  values: readonly number[],
  most: number,
  { width, height }: Box,
  [low, high]: readonly [number, number],
  left = 0,
): string {
  let path = '';
  let pen = false;
  values.forEach((value, index) => {
    if (!Number.isFinite(value)) {
      pen = false;
      return;
    }
    const x = left + place(index, values.length, most, width);
    const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
    path += `${pen ? 'L' : 'M'}${x.toFixed(1)} ${(height - share * height).toFixed(1)}`;
    pen = true;
  });
  return path;
}

/** Runs of equal `kind`, each as a filled area under its values: confidence coloured by label. */
export function areaPaths(
  points: readonly { readonly kind: number; readonly value: number }[],
  most: number,
  { width, height }: Box,
): { kind: number; path: string }[] {
  const areas: { kind: number; path: string }[] = [];
  let start = 0;
  while (start < points.length) {
    const kind = points[start]?.kind ?? 0;
    let end = start;
    while (end + 1 < points.length && points[end + 1]?.kind === kind) end++;
    // A run reaches to the next one's first point: no white seam between two labels.
    const last = Math.min(end + 1, points.length - 1);
    const top = (index: number, value: number) =>
      `${place(index, points.length, most, width).toFixed(1)} ${(height - Math.min(1, Math.max(0, value)) * height).toFixed(1)}`;
    let path = `M${place(start, points.length, most, width).toFixed(1)} ${height}`;
    for (let i = start; i <= end; i++) path += `L${top(i, points[i]?.value ?? 0)}`;
    if (last > end) path += `L${top(last, points[end]?.value ?? 0)}`;
    path += `L${place(last, points.length, most, width).toFixed(1)} ${height}Z`;
    areas.push({ kind, path });
    start = end + 1;
  }
  return areas;
}
