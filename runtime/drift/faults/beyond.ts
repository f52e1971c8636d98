import type { ExpectedRange } from './types.ts';

/** Rows in a row beyond the range that begin the fault, and within it that end it. */
const TO_BEGIN = 3;
const TO_END = 3;
/** How many times its whole healthy range a value may lie outside of it: a machine in trouble goes far, but not so far. */
const FAR = 20;
/** The same for a value that stands still there: it has run against the end of what its sensor can show. */
const RAIL = 0.5;
/** After a leap there, standing still takes so many rows, and a share of those that it takes elsewhere. */
const STILL = 3;
const STILL_SHARE = 0.5;

/** What cannot be, whatever measures it. */
const POSSIBLE: Readonly<Record<string, ExpectedRange>> = {
  '°C': { min: -273.15 },
  K: { min: 0 },
  '%': { min: 0, max: 100 },
};

/**
 * Values that are no measurements: outside of what is possible or expected, impossibly far outside of the reference, or
 * standing still outside of it, as a sensor does that has run against a rail.
 *
 * @see the "gross range" test of QARTOD (2020), test 4, with the range from the reference where nobody has given one
 */
export function createBeyond(columns: number) {
  const lowest = new Float64Array(columns).fill(-Infinity);
  const highest = new Float64Array(columns).fill(Infinity);
  const railLow = new Float64Array(columns).fill(-Infinity);
  const railHigh = new Float64Array(columns).fill(Infinity);
  const rows = new Float64Array(columns);
  const within = new Float64Array(columns);
  const since = new Float64Array(columns);
  const shown = new Float64Array(columns);
  const beyond = new Uint8Array(columns);
  let busy = false;

  return {
    /** Whether a value of the last row lay outside, or one has not come back for good. */
    get busy() {
      return busy;
    },
    since,
    /** What was shown last of what cannot be. */
    shown,
    beyond,
    /** @param range what it can be at all; `undefined`: what its unit allows */
    expect(column: number, range: ExpectedRange | undefined, unit: string | undefined): void {
      const { min = -Infinity, max = Infinity } = range ?? POSSIBLE[unit ?? ''] ?? {};
      lowest[column] = min;
      highest[column] = max;
    },
    /** What healthy values lie between, where they lie as those of the sensor do; what tells how they vary may grow many times over. */
    learn(column: number, min: number, max: number): void {
      if (!(max > min)) return;
      railLow[column] = min - RAIL * (max - min);
      railHigh[column] = max + RAIL * (max - min);
      lowest[column] = Math.max(lowest[column] as number, min - FAR * (max - min));
      highest[column] = Math.min(highest[column] as number, max + FAR * (max - min));
    },
    /** The end of the range that a value lies beyond. */
    limitNear(column: number, value: number): number {
      const [low, high] = [lowest[column] as number, highest[column] as number];
      if (value < low || value > high) return value < low ? low : high;
      return value < (railLow[column] as number) ? (railLow[column] as number) : (railHigh[column] as number);
    },
    /**
     * @param still for how many rows each column has had its value, and from when on it is stuck
     * @param leapt whether it came to this value by a leap
     */
    push(row: ArrayLike<number>, time: number, { limits, runs }: Still, leapt: Uint8Array): boolean {
      let changed = false;
      busy = false;
      for (let c = 0; c < columns; c++) {
        const value = row[c] as number;
        const isRailed =
          (value < (railLow[c] as number) || value > (railHigh[c] as number)) &&
          (runs[c] as number) >= stillOf(limits[c] as number, leapt[c] === 1);
        const isOut = isRailed || value < (lowest[c] as number) || value > (highest[c] as number);
        if (isOut) {
          if (rows[c] === 0) since[c] = time;
          within[c] = 0;
          shown[c] = value;
          const out = (rows[c] as number) + 1;
          rows[c] = out;
          busy = true;
          if (beyond[c] === 1 || (out < TO_BEGIN && !isRailed)) continue;
          beyond[c] = 1;
          changed = true;
        } else if (rows[c] !== 0 && value === value) {
          const values = (within[c] as number) + 1;
          within[c] = values;
          busy = true;
          if (beyond[c] === 1 && values < TO_END) continue;
          if (beyond[c] === 1) changed = true;
          beyond[c] = 0;
          rows[c] = 0;
          within[c] = 0;
        }
      }
      return changed;
    },
    /** Whether this value alone is no measurement. */
    impossible: (column: number, value: number): boolean =>
      value < (lowest[column] as number) || value > (highest[column] as number),
    state: [lowest, highest, railLow, railHigh, rows, within, since, shown, beyond] as const,
  };
}

const stillOf = (limit: number, leapt: boolean) => (leapt ? Math.max(STILL, STILL_SHARE * limit) : limit);

interface Still {
  readonly limits: Float64Array;
  readonly runs: Float64Array;
}
