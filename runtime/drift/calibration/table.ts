import type { ReferenceRows } from '../types.ts';

/** A reference, column by column, and where its rows do not follow one another. */
export interface ReferenceTable {
  readonly names: readonly string[];
  /** By the column's name; a value that is none of their places is a category that was never seen. */
  readonly categories: Readonly<Record<string, readonly string[]>>;
  readonly rows: number;
  /** Where each piece without a gap begins; the first is 0. */
  readonly segments: readonly number[];
  readonly times: Float64Array | undefined;
  /** A column in the order of time; NaN where a value is missing. */
  column(index: number): Float64Array;
}

/** Rows that came to a reference later, a value a column, one after the other. */
export interface FurtherRows {
  readonly values: Float64Array;
  readonly times: Float64Array;
  readonly rows: number;
  /** Where each piece without a gap begins, among themselves. */
  readonly segments: readonly number[];
}

export function createTable(reference: ReferenceRows, further?: FurtherRows): ReferenceTable {
  const { names, rows, categories = {} } = reference;
  const more = further?.rows ?? 0;
  const width = names.length;
  const known = rows.length;
  const times =
    reference.times &&
    Float64Array.from(
      { length: known + more },
      (_, i) => (i < known ? reference.times?.[i] : further?.times[i - known]) ?? NaN,
    );
  return {
    names,
    categories,
    rows: known + more,
    segments:
      more === 0 || !further ? [0] : [0, ...further.segments.filter((from) => from < more).map((from) => from + known)],
    times,
    column(index) {
      const values = new Float64Array(known + more);
      for (let i = 0; i < known; i++) {
        const value = rows[i]?.[index] ?? NaN;
        values[i] = Number.isFinite(value) ? value : NaN;
      }
      for (let i = 0; i < more; i++) values[known + i] = further?.values[i * width + index] ?? NaN;
      return values;
    },
  };
}
