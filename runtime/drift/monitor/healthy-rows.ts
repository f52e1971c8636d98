import { defineLimit } from '../../base/index.ts';
import type { FurtherRows } from '../calibration/table.ts';
import { createRowStore } from './row-store.ts';

const most = defineLimit(
  'drift_reference_rows',
  20_000,
  'Rows that a reference may grow to by healthy rows of the stream. A longer one can promise rarer false alarms.',
);
/** Numbers, whatever the number of features: 8 MB. */
const NUMBERS = 1_000_000;
/** Rows count as healthy when so many windows have followed them without drift. */
const SETTLING = 4;
/** A reference is calibrated again when it has grown by this part. */
const GROWTH = 0.25;

/** Healthy rows of the stream, which make a reference longer that is too short for the wish. */
export interface HealthyRows {
  /** Rows that the present reference has of them. */
  readonly used: number;
  /** Takes a row of a calm stream. */
  push(row: Float64Array, time: number): void;
  /** Drift is on: what led to it is not healthy. */
  drop(): void;
  /** @returns how many rows the reference should now be made longer by, if it is worth while */
  due(): number | undefined;
  /** The first so many. */
  first(rows: number): FurtherRows;
  /** The reference is made of so many of them by now. */
  use(rows: number): void;
  save(): SavedHealthyRows;
}

export interface SavedHealthyRows {
  readonly rows: FurtherRows;
  readonly used: number;
  readonly pause: number;
}

/**
 * Of bounded size, and for good: the reference that was given stays whole, and what has been added is never replaced, so that
 * a slow drift cannot carry the reference away with it.
 *
 * @param base   rows of the reference that was given
 * @param needed how many rows it takes for the wish
 */
export function createHealthyRows(
  { width, window, base }: { readonly width: number; readonly window: number; readonly base: number },
  needed: () => number | undefined,
  saved?: SavedHealthyRows,
): HealthyRows {
  const store = createRowStore(width, saved?.rows);
  let used = saved?.used ?? 0;
  /** Rows until a stream that has drifted is trusted again. */
  let pause = saved?.pause ?? 0;

  const room = () => Math.max(0, Math.min(needed() ?? 0, most.value, Math.floor(NUMBERS / width)) - base);
  const settled = () => Math.max(0, store.rows - SETTLING * window);
  return {
    get used() {
      return used;
    },
    push(row, time) {
      if (pause > 0) pause--;
      else if (settled() < room()) store.push(row, time);
    },
    drop() {
      if (pause === 0) store.cut(Math.max(used, settled()));
      pause = SETTLING * window;
    },
    due() {
      const rows = Math.min(settled(), room());
      if (rows <= used) return undefined;
      return base + rows >= (1 + GROWTH) * (base + used) || rows === room() ? rows : undefined;
    },
    first: (rows) => store.first(rows),
    use(rows) {
      used = rows;
    },
    save: () => ({ rows: store.first(store.rows), used, pause }),
  };
}
