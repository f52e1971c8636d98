/** A value that is back within so many rows was a spike; one that stays is a new level. Windows that overlap show one several times. */
const LONGEST = 5;
/** It is named when so many rows after it were calm. */
const CALM = 8;
/** Of the newest rows, the share that may step further than healthy ones do, yet not as far as a spike: otherwise the column has become wilder. */
const WILD = 1.5 / 256;
const FOLLOW = 1 / 256;
/** Without another spike for so many rows and ms, the fault is over. */
const QUIET_ROWS = 50;
const QUIET_MS = 60_000;

/**
 * Single values far from those before and after them.
 *
 * A value that lies further from the last good one than the column ever steps is put aside until the next rows have shown
 * whether it comes back (a spike) or stays (a new level, which is for the detectors of drift). Two things tell a wild sensor
 * from a wild machine: a disturbed wire disturbs one channel and not its neighbours at the same instant, and between its
 * spikes there is calm, while a machine that hammers makes blows of every size.
 *
 * @see Hampel (1974) and the spike test of QARTOD (2020), test 6: a value is held against its neighbours; here the width
 *   comes from the column's own steps, since a median absolute deviation of a converter's counts is often 0
 */
export function createSpikes(columns: number, channels: readonly number[]) {
  /** What a step must exceed to be a spike's, and what healthy steps do not exceed. */
  const limits = new Float64Array(columns).fill(Infinity);
  const usual = new Float64Array(columns).fill(Infinity);
  const good = new Float64Array(columns).fill(NaN);
  /** Rows that the value has been far out for; 0: it is not. */
  const out = new Float64Array(columns);
  const furthest = new Float64Array(columns);
  const began = new Float64Array(columns);
  /** Calm rows that are still needed until what was seen is named. */
  const pending = new Float64Array(columns);
  const wild = new Float64Array(columns);
  /** Of the fault that is on: when it began, how far out its furthest spike was, and when the last one was. */
  const since = new Float64Array(columns);
  const value = new Float64Array(columns);
  const latest = new Float64Array(columns);
  const rows = new Float64Array(columns);
  const spiking = new Uint8Array(columns);
  /** The present value was come to by a leap. */
  const leapt = new Uint8Array(columns);
  let busy = false;
  /** Of the row at hand: the channels that step too far; -1 none, -2 several. */
  let stepping = -1;

  const isBeyond = (column: number, v: number, limit: number) => Math.abs(v - (good[column] as number)) > limit;

  const name = (c: number) => {
    if (spiking[c] === 0) {
      spiking[c] = 1;
      since[c] = began[c] as number;
      value[c] = furthest[c] as number;
    } else if (Math.abs(furthest[c] as number) > Math.abs(value[c] as number)) value[c] = furthest[c] as number;
    latest[c] = began[c] as number;
    rows[c] = 0;
  };

  /** @returns whether a fault has begun or ended */
  const follow = (c: number, v: number, time: number): boolean => {
    const far = isBeyond(c, v, limits[c] as number);
    const near = !far && isBeyond(c, v, usual[c] as number);
    const was = spiking[c] as number;
    if (far) leapt[c] = 1;
    else if (v !== good[c]) leapt[c] = 0;
    wild[c] = (wild[c] as number) + ((near ? 1 : 0) - (wild[c] as number)) * FOLLOW;
    if (far && stepping === channels[c]) {
      const step = v - (good[c] as number);
      if (out[c] === 0 && pending[c] === 0) began[c] = time;
      if (out[c] === 0 || Math.abs(step) > Math.abs(furthest[c] as number)) furthest[c] = step;
      out[c] = (out[c] as number) + 1;
      if (out[c] > LONGEST) {
        // It stays: a new level, and what came before it no spike.
        out[c] = 0;
        pending[c] = 0;
        good[c] = v;
      }
      return false;
    }
    if (far || near) pending[c] = 0;
    else if (out[c] !== 0) pending[c] = CALM;
    else if (pending[c] !== 0) {
      pending[c] = (pending[c] as number) - 1;
      if (pending[c] === 0 && wild[c] < WILD) name(c);
    }
    out[c] = 0;
    good[c] = v;
    if (spiking[c] === 1) {
      rows[c] = (rows[c] as number) + 1;
      if (rows[c] > QUIET_ROWS && time - (latest[c] as number) > QUIET_MS) spiking[c] = 0;
    }
    return spiking[c] !== was;
  };

  return {
    /** Whether a value is out, or was a short time ago. */
    get busy() {
      return busy;
    },
    since,
    value,
    limits,
    spiking,
    leapt,
    out,
    /** @param largest healthy step, and from where on it is a spike's */
    allow(column: number, largest: number, limit: number): void {
      usual[column] = Math.min(largest, limit);
      limits[column] = limit;
    },
    push(row: ArrayLike<number>, time: number): boolean {
      stepping = -1;
      for (let c = 0; c < columns; c++) {
        const v = row[c] as number;
        const step = v - (good[c] as number);
        const most = usual[c] as number;
        if (step <= most && step >= -most) {
          if (out[c] === 0) good[c] = v;
        } else if (v === v) {
          if (good[c] !== good[c]) good[c] = v;
          else stepping = stepping === -1 || stepping === channels[c] ? (channels[c] as number) : -2;
        }
      }
      if (stepping === -1 && !busy) return false;
      let changed = false;
      busy = false;
      for (let c = 0; c < columns; c++) {
        const v = row[c] as number;
        if (v === v && follow(c, v, time)) changed = true;
        if (out[c] !== 0 || leapt[c] === 1 || pending[c] !== 0 || spiking[c] === 1 || (wild[c] as number) > 1e-4)
          busy = true;
      }
      return changed;
    },
    state: [
      limits,
      usual,
      good,
      out,
      furthest,
      began,
      pending,
      wild,
      since,
      value,
      latest,
      rows,
      spiking,
      leapt,
    ] as const,
    restored(): void {
      busy = true;
    },
  };
}
