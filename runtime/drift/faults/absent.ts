/** Missing values in a row that are one dropout, and values in a row that end it. */
const TO_BEGIN = 5;
const TO_END = 10;
/** Of the longest gap that a healthy column has. */
const GAP_SHARE = 4;

/** Columns without a value for longer than healthy ones ever are. */
export function createAbsent(columns: number) {
  const limits = new Float64Array(columns).fill(TO_BEGIN);
  const gaps = new Float64Array(columns);
  const present = new Float64Array(columns);
  const since = new Float64Array(columns);
  const absent = new Uint8Array(columns);
  return {
    gaps,
    since,
    absent,
    limits,
    /** @param longest missing values in a row while all was well */
    allow(column: number, longest: number): void {
      limits[column] = Math.max(TO_BEGIN, GAP_SHARE * longest);
    },
    push(row: ArrayLike<number>, time: number): boolean {
      let changed = false;
      for (let c = 0; c < columns; c++) {
        const value = row[c] as number;
        if (value === value) {
          if (gaps[c] === 0) continue;
          const values = (present[c] as number) + 1;
          present[c] = values;
          if (absent[c] === 1 && values < TO_END) continue;
          if (absent[c] === 1) changed = true;
          absent[c] = 0;
          gaps[c] = 0;
          present[c] = 0;
          continue;
        }
        if (gaps[c] === 0) since[c] = time;
        present[c] = 0;
        gaps[c] = (gaps[c] as number) + 1;
        if (absent[c] === 1 || (gaps[c] as number) < (limits[c] as number)) continue;
        absent[c] = 1;
        changed = true;
      }
      return changed;
    },
    state: [limits, gaps, present, since, absent] as const,
  };
}
