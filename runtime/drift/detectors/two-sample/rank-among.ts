/** How many values of the reference are smaller than a value. */
export type RankAmong = (value: number) => number;

/**
 * Ranks among a fixed sample, in a few steps each: a table of equal slices of the sample's range says where to begin, and
 * the search goes on within the slice.
 *
 * @param sorted ascending, no NaN
 */
export function rankAmong(sorted: Float64Array): RankAmong {
  const m = sorted.length;
  const [lowest, highest] = [sorted[0] ?? 0, sorted[m - 1] ?? 0];
  const slices = Math.max(1, Math.min(m, 1024));
  const ratio = slices / (highest - lowest);
  // A range too small to be divided: the whole is one slice.
  const scale = Number.isFinite(ratio) ? ratio : 0;
  // starts[s]: how many values lie in slices before s, by the very same arithmetic as below.
  const starts = new Int32Array(slices + 2);
  const slice = (value: number) => ((value - lowest) * scale) | 0;
  for (const value of sorted) starts[slice(value) + 1] = (starts[slice(value) + 1] as number) + 1;
  for (let s = 1; s < starts.length; s++) starts[s] = (starts[s] as number) + (starts[s - 1] as number);
  return (value) => {
    if (!(value > lowest)) return 0;
    if (value > highest) return m;
    // Of what lies in the range, the slice does: no bound needs to be held.
    const s = ((value - lowest) * scale) | 0;
    let low = starts[s] as number;
    let high = starts[s + 1] as number;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
