/** The newest rows of a stream, in buffers that never grow. */
export interface RecentRows {
  /** Rows taken, at most the size. */
  readonly count: number;
  /** Takes the row in `values`, a value a column; NaN where one is missing, infinite where it is no measurement. */
  push(values: Float64Array): void;
  /** The numbers of a column, ascending: to be read before the next row comes. */
  sorted(column: number): Float64Array;
  /** How many rows have no value in a column, though they should. */
  missing(column: number): number;
  save(): SavedRows;
}

export interface SavedRows {
  readonly held: Float64Array;
  readonly next: number;
  readonly count: number;
}

/** Each column is kept sorted: a row moves those values that lie between the one that goes and the one that comes. */
export function createRecentRows(size: number, columns: number, saved?: SavedRows): RecentRows {
  // Column by column, because it is columns that are read.
  const held = new Float64Array(size * columns).fill(NaN);
  const sorted = new Float64Array(size * columns);
  const numbers = new Int32Array(columns);
  /** Values of a column that are no measurements: they are not missing. */
  const unfit = new Int32Array(columns);
  let next = 0;
  let count = 0;

  /** Where in a column's sorted values the first one stands that is not smaller. */
  const placeOf = (value: number, from: number, to: number): number => {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const exchange = (column: number, gone: number, come: number): void => {
    const from = column * size;
    const to = from + (numbers[column] as number);
    const isGone = Number.isFinite(gone);
    const isCome = Number.isFinite(come);
    if (gone === Infinity) unfit[column] = (unfit[column] as number) - 1;
    if (come === Infinity) unfit[column] = (unfit[column] as number) + 1;
    if (isGone && isCome) {
      let at = placeOf(gone, from, to);
      // The hole moves to where the new value belongs.
      if (come >= gone)
        for (; at + 1 < to && (sorted[at + 1] as number) < come; at++) sorted[at] = sorted[at + 1] as number;
      else for (; at > from && (sorted[at - 1] as number) > come; at--) sorted[at] = sorted[at - 1] as number;
      sorted[at] = come;
    } else if (isCome) {
      const at = placeOf(come, from, to);
      sorted.copyWithin(at + 1, at, to);
      sorted[at] = come;
      numbers[column] = (numbers[column] as number) + 1;
    } else if (isGone) {
      const at = placeOf(gone, from, to);
      sorted.copyWithin(at, at + 1, to);
      numbers[column] = (numbers[column] as number) - 1;
    }
  };

  const push = (values: Float64Array): void => {
    for (let column = 0; column < columns; column++) {
      const at = column * size + next;
      const value = values[column] as number;
      exchange(column, held[at] as number, value);
      held[at] = value;
    }
    next = next + 1 === size ? 0 : next + 1;
    if (count < size) count++;
  };

  if (saved) {
    held.set(saved.held);
    ({ next, count } = saved);
    for (let column = 0; column < columns; column++) {
      const all = held.subarray(column * size, (column + 1) * size);
      unfit[column] = all.reduce((sum, value) => sum + Number(value === Infinity), 0);
      const numbered = all.filter(Number.isFinite);
      sorted.set(numbered.sort(), column * size);
      numbers[column] = numbered.length;
    }
  }

  return {
    get count() {
      return count;
    },
    push,
    sorted: (column) => sorted.subarray(column * size, column * size + (numbers[column] as number)),
    missing: (column) => count - (numbers[column] as number) - (unfit[column] as number),
    save: () => ({ held: held.slice(), next, count }),
  };
}
