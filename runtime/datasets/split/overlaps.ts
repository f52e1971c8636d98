import { rowsBy } from './strata.ts';
import type { SplitRows } from './types.ts';

/** Shorter than a sample at any rate that is met: two windows that touch do not overlap. */
const HAIR = 1e-3;
/** Where more goes than this, clocks of different runs do not go together. */
const MOST = 0.5;

/**
 * Marks the rows that share samples with a row of the test: windows of one source that lie less than a window's length apart.
 *
 * @param inTest 1 for rows of the test
 * @param span ms that an example covers
 * @returns 1 for rows that are not in the test and overlap one that is
 */
export function overlapping(rows: SplitRows, inTest: Uint8Array, span: number): Uint8Array {
  const count = inTest.length;
  if (!(span > 0)) return new Uint8Array(count);
  const bySource = mark(rows, inTest, span, (row) => rows.sources[row]);
  const others = count - inTest.reduce((sum, each) => sum + each, 0);
  if (bySource.reduce((sum, each) => sum + each, 0) <= others * MOST) return bySource;
  return mark(rows, inTest, span, (row) => `${rows.sources[row]}\0${rows.groups[row]}`);
}

function mark(rows: SplitRows, inTest: Uint8Array, span: number, run: (row: number) => unknown): Uint8Array {
  const marked = new Uint8Array(inTest.length);
  for (const members of rowsBy(inTest.length, run).values()) {
    const tested = Float64Array.from(
      members.filter((row) => inTest[row] === 1 && Number.isFinite(rows.times[row])),
      (row) => rows.times[row] as number,
    ).sort();
    if (tested.length === 0) continue;
    for (const row of members) {
      const time = rows.times[row] as number;
      if (inTest[row] === 1 || !Number.isFinite(time)) continue;
      const after = firstFrom(tested, time);
      const near = Math.min(
        after < tested.length ? (tested[after] as number) - time : Infinity,
        after > 0 ? time - (tested[after - 1] as number) : Infinity,
      );
      if (near < span - HAIR) marked[row] = 1;
    }
  }
  return marked;
}

/** Index of the first of sorted values that is not below `value`. */
function firstFrom(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
