/** A value that is back within so many rows was a spike; one that stays is a new level. Windows that overlap show one several times. */
const LONGEST = 5;
/** Where more of the newest rows than this lie far out, the column has become wilder: that is drift, and no spike. */
const WILD = 0.3;
/** How quickly that share follows, per row. */
const FOLLOW = 1 / 64;
/** Without another spike for so many rows and ms, the fault is over. */
const QUIET_ROWS = 50;
const QUIET_MS = 60_000;

/**
 * Single values far from those before and after them.
 *
 * A value that lies further from the last good one than the column ever steps is put aside until the next rows have shown
 * whether it comes back (a spike) or stays (a new level, which is for the detectors of drift). Where most channels leap at
 * once, it is the machine and not a sensor.
 *
 * @see Hampel (1974) and the spike test of QARTOD (2020), test 6: a value is held against its neighbours; here the width
 *   comes from the column's own steps, since a median absolute deviation of a converter's counts is often 0
 */
export function createSpikes(columns: number, channels: readonly number[]) {
  const count = new Set(channels).size;
  /** The largest healthy step. */
  const limits = new Float64Array(columns).fill(Infinity);
  const good = new Float64Array(columns).fill(NaN);
  /** Rows that the value has been far out for; 0: it is not. */
  const out = new Float64Array(columns);
  const furthest = new Float64Array(columns);
  const began = new Float64Array(columns);
  const wild = new Float64Array(columns);
  /** Of the fault that is on: when it began, how far out its furthest spike was, and when the last one was. */
  const since = new Float64Array(columns);
  const value = new Float64Array(columns);
  const latest = new Float64Array(columns);
  const rows = new Float64Array(columns);
  const spiking = new Uint8Array(columns);
  const leaping = new Set<number>();
  /** Columns with a value that is out, or a fault that is on: the others need no second look. */
  let busy = 0;

  const isOut = (column: number, v: number) => {
    const step = v - (good[column] as number);
    const limit = limits[column] as number;
    return step > limit || step < -limit;
  };

  return {
    /** Whether a value is out, or was a short time ago. */
    get busy() {
      return busy > 0;
    },
    since,
    value,
    limits,
    spiking,
    out,
    push(row: ArrayLike<number>, time: number): boolean {
      let any = false;
      for (let c = 0; c < columns; c++) {
        const v = row[c] as number;
        if (isOut(c, v)) any = true;
        else if (out[c] === 0 && v === v) good[c] = v;
      }
      if (!any && busy === 0) return false;
      leaping.clear();
      if (any) for (let c = 0; c < columns; c++) if (isOut(c, row[c] as number)) leaping.add(channels[c] as number);
      const together = leaping.size > 1 && leaping.size > count / 2;
      let changed = false;
      busy = 0;
      for (let c = 0; c < columns; c++) {
        const v = row[c] as number;
        if (v !== v) {
          busy += out[c] as number;
          continue;
        }
        const far = isOut(c, v);
        wild[c] = (wild[c] as number) + ((far ? 1 : 0) - (wild[c] as number)) * FOLLOW;
        if (far && !together) {
          const step = v - (good[c] as number);
          if (out[c] === 0) {
            began[c] = time;
            furthest[c] = step;
          } else if (Math.abs(step) > Math.abs(furthest[c] as number)) furthest[c] = step;
          out[c] = (out[c] as number) + 1;
          if ((out[c] as number) > LONGEST) {
            out[c] = 0;
            good[c] = v;
          }
        } else {
          const spike = out[c] !== 0 && !far && (wild[c] as number) < WILD;
          out[c] = 0;
          good[c] = v;
          if (spike) {
            if (spiking[c] === 0) {
              spiking[c] = 1;
              since[c] = began[c] as number;
              value[c] = furthest[c] as number;
              changed = true;
            } else if (Math.abs(furthest[c] as number) > Math.abs(value[c] as number)) value[c] = furthest[c] as number;
            latest[c] = time;
            rows[c] = 0;
          }
        }
        if (spiking[c] === 1) {
          rows[c] = (rows[c] as number) + 1;
          if ((rows[c] as number) > QUIET_ROWS && time - (latest[c] as number) > QUIET_MS) {
            spiking[c] = 0;
            changed = true;
          }
        }
        if (out[c] !== 0 || spiking[c] === 1 || (wild[c] as number) > 0.01) busy++;
      }
      return changed;
    },
    state: [limits, good, out, furthest, began, wild, since, value, latest, rows, spiking] as const,
    restored(): void {
      busy = columns;
    },
  };
}
