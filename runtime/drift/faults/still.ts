/** From such a share of the limit on a value is suspected: it is not compared, and not yet named. */
const SUSPECT = 0.5;
/** Changes that it takes until a value counts as moving again. */
const TO_END = 3;

/**
 * Values that stand still for longer than healthy ones ever do.
 *
 * @see the "persistence" or flat-line test of sensor quality control: QARTOD, Manual for Real-Time Quality Control of
 *   In-situ Temperature and Salinity Data (2020), test 8; here with limits from the column's own habits
 */
export function createStill(columns: number) {
  /** Rows in a row with one value from which on it is stuck. */
  const limits = new Float64Array(columns).fill(Infinity);
  const last = new Float64Array(columns).fill(NaN);
  const runs = new Float64Array(columns);
  const since = new Float64Array(columns);
  const moves = new Float64Array(columns);
  const stuck = new Uint8Array(columns);
  let suspected = false;
  return {
    /** Whether a value of the last row has stood still for suspiciously long. */
    get suspected() {
      return suspected;
    },
    isSuspect: (column: number): boolean => (runs[column] as number) >= SUSPECT * (limits[column] as number),
    limits,
    runs,
    since,
    stuck,
    last,
    /** @returns whether a column has reached its limit, or moves again */
    push(row: ArrayLike<number>, time: number): boolean {
      let changed = false;
      suspected = false;
      for (let c = 0; c < columns; c++) {
        const value = row[c] as number;
        if (value === last[c]) {
          const run = (runs[c] as number) + 1;
          runs[c] = run;
          if (run < SUSPECT * (limits[c] as number)) continue;
          suspected = true;
          if (run < (limits[c] as number)) continue;
          moves[c] = 0;
          if (stuck[c] === 1) continue;
          stuck[c] = 1;
          changed = true;
        } else if (value === value) {
          last[c] = value;
          runs[c] = 1;
          if (stuck[c] === 0) {
            since[c] = time;
            continue;
          }
          moves[c] = (moves[c] as number) + 1;
          if ((moves[c] as number) < TO_END) continue;
          stuck[c] = 0;
          moves[c] = 0;
          since[c] = time;
          changed = true;
        }
      }
      return changed;
    },
    /** What moves again, and is no longer held at a rail, is not stuck. */
    release(held: Uint8Array): void {
      for (let c = 0; c < columns; c++) {
        if (stuck[c] === 1 && held[c] === 0 && (moves[c] as number) > 0) stuck[c] = 0;
      }
    },
    state: [limits, last, runs, since, moves, stuck] as const,
  };
}
