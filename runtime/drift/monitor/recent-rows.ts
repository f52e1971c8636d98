/** The newest rows of a stream, in one buffer that never grows. */
export interface RecentRows {
  /** Rows taken, at most the size. */
  readonly count: number;
  /** Takes the row in `values`, a value a column; NaN where one is missing. */
  push(values: Float64Array): void;
  /**
   * Puts the numbers of a column into `target`, ascending.
   *
   * @returns the part of `target` that was filled
   */
  sorted(column: number, target: Float64Array): Float64Array;
}

export function createRecentRows(size: number, columns: number): RecentRows {
  // Column by column, because it is columns that are read.
  const held = new Float64Array(size * columns);
  let next = 0;
  let count = 0;
  return {
    get count() {
      return count;
    },
    push(values) {
      for (let column = 0; column < columns; column++) held[column * size + next] = values[column] ?? NaN;
      next = (next + 1) % size;
      if (count < size) count++;
    },
    sorted(column, target) {
      let filled = 0;
      for (let i = column * size; i < column * size + count; i++) {
        const value = held[i] ?? NaN;
        if (Number.isFinite(value)) target[filled++] = value;
      }
      return target.subarray(0, filled).sort();
    },
  };
}
