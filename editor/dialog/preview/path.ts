/** Geometry of the charts in a preview: paths in a box of 1,000 × 100, stretched to the width that there is. */
export const BOX = { width: 1000, height: 100 } as const;

export type Range = readonly [low: number, high: number];
type Values = readonly (number | null)[];

/** From the lowest to the highest of all values, widened where they are all alike. */
export function rangeOf(...lists: readonly Values[]): Range {
  let [low, high] = [Infinity, -Infinity];
  for (const values of lists) {
    for (const value of values) {
      if (value === null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return [0, 1];
  const least = Math.max(Math.abs(low), Math.abs(high)) * 1e-6 || 1;
  return high - low < least ? [low - least / 2, high + least / 2] : [low, high];
}

/** Whether two ranges can be drawn on one scale with both still to be seen. */
export const comparable = ([low, high]: Range, [lower, upper]: Range): boolean => {
  const both = Math.max(high, upper) - Math.min(low, lower);
  return Math.min(high - low, upper - lower) > both / 8;
};

/** A line through the values, equally spaced; broken where there is none. */
export function pathOf(values: Values, [low, high]: Range): string {
  let path = '';
  let pen = 'M';
  const step = BOX.width / Math.max(1, values.length - 1);
  values.forEach((value, index) => {
    if (value === null) {
      pen = 'M';
      return;
    }
    const share = (value - low) / (high - low);
    path += `${pen}${(index * step).toFixed(1)} ${(BOX.height * (1 - share)).toFixed(1)}`;
    pen = 'L';
  });
  return path;
}
