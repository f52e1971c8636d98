import { between } from './between.ts';
import { sortFloats } from './sort-floats.ts';

/** Columns as numbers of bins: what a tree needs to know of them to find its splits. */
export interface Bins {
  readonly rows: number;
  readonly width: number;
  /** The bin of each row, column by column. */
  readonly of: Uint8Array;
  /** Bins of each column. 1: it never changes. */
  readonly counts: Int32Array;
  /** Where each column's bins begin among all; at the end, how many there are. */
  readonly first: Int32Array;
  /** Of every bin the smallest and the largest value that is there. */
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** A bin is a byte. */
export const MOST_BINS = 256;
/** So many rows say where the bins' borders lie. */
const SAMPLE = 65_536;

/**
 * Sorts the values of each column into bins: one a value where there are few different ones, else about as many rows in each.
 *
 * @param values rows × width, row-major, finite
 * @param spend  told the work as it is done
 * @param most   bins of a column, up to 256
 */
export function binColumns(
  values: Float32Array,
  rows: number,
  width: number,
  spend: (work: number) => unknown,
  most = MOST_BINS,
): Bins {
  const of = new Uint8Array(rows * width);
  const counts = new Int32Array(width);
  const first = new Int32Array(width + 1);
  // Padded, so that each search takes the same eight steps.
  const borders = new Float32Array(MOST_BINS);
  const column = new Float32Array(rows);
  const stride = Math.ceil(rows / SAMPLE);
  const sorted = new Float32Array(Math.ceil(rows / stride));
  const lows = new Float32Array(width * Math.min(most, rows + 1));
  const highs = new Float32Array(lows.length);
  let total = 0;
  for (let feature = 0; feature < width; feature++) {
    // Adding 0 makes one number of 0 and -0, as comparisons see them.
    for (let row = 0, at = feature; row < rows; row++, at += width) column[row] = (values[at] as number) + 0;
    for (let at = 0, row = 0; row < rows; at++, row += stride) sorted[at] = column[row] as number;
    sortFloats(sorted);
    const bins = findBorders(sorted, most, borders);
    counts[feature] = bins;
    first[feature] = total;
    lows.fill(Infinity, total, total + bins);
    highs.fill(-Infinity, total, total + bins);
    assign(column, borders, of.subarray(feature * rows, (feature + 1) * rows));
    for (let row = 0, from = feature * rows; row < rows; row++) {
      const bin = total + (of[from + row] as number);
      const value = column[row] as number;
      if (value < (lows[bin] as number)) lows[bin] = value;
      if (value > (highs[bin] as number)) highs[bin] = value;
    }
    total += bins;
    spend(rows * 25);
  }
  first[width] = total;
  return { rows, width, of, counts, first, low: lows.slice(0, total), high: highs.slice(0, total) };
}

/** @returns how many bins; `borders` gets the largest value that each may hold */
function findBorders(sorted: Float32Array, most: number, borders: Float32Array): number {
  const { length } = sorted;
  borders.fill(Infinity);
  let different = 1;
  for (let at = 1; at < length; at++) if (sorted[at] !== sorted[at - 1]) different++;
  const each = different <= most;
  let [bins, from, rest] = [0, 0, length];
  for (let at = 1; at < length && bins < most - 1; at++) {
    if (sorted[at] === sorted[at - 1]) continue;
    const size = at - from;
    if (!each && size * (most - bins) < rest) continue;
    borders[bins++] = between(sorted[at - 1] as number, sorted[at] as number);
    from = at;
    rest -= size;
  }
  return bins + 1;
}

function assign(column: Float32Array, borders: Float32Array, to: Uint8Array): void {
  for (let row = 0; row < to.length; row++) {
    const value = column[row] as number;
    let bin = Number((borders[127] as number) < value) << 7;
    bin += Number((borders[bin + 63] as number) < value) << 6;
    bin += Number((borders[bin + 31] as number) < value) << 5;
    bin += Number((borders[bin + 15] as number) < value) << 4;
    bin += Number((borders[bin + 7] as number) < value) << 3;
    bin += Number((borders[bin + 3] as number) < value) << 2;
    bin += Number((borders[bin + 1] as number) < value) << 1;
    bin += Number((borders[bin] as number) < value);
    to[row] = bin;
  }
}
