import type { FurtherRows } from '../calibration/table.ts';
import { createRowStore } from './row-store.ts';
import type { DriftSummary, ReferenceRows } from '../types.ts';

/** The first rows of a stream, on their way to become its reference. */
export interface Learning {
  readonly summary: DriftSummary;
  /** @returns whether that was the row that completes it */
  push(row: Float64Array, time: number): boolean;
  /** What was learned. */
  reference(): ReferenceRows;
  save(): SavedLearning;
}

export interface SavedLearning {
  readonly rows: FurtherRows;
  readonly since: number;
}

/** @param given rows of a reference that is too short to be used alone: they are learned already */
export function createLearning(
  names: readonly string[],
  categories: Readonly<Record<string, readonly string[]>>,
  size: number,
  since: number,
  { given, saved }: { readonly given?: ReferenceRows | undefined; readonly saved?: SavedLearning | undefined } = {},
): Learning {
  const store = createRowStore(names.length, saved?.rows);
  if (!saved) given?.rows.forEach((row, i) => store.push(Float64Array.from(row), given.times?.[i] ?? NaN));
  return {
    get summary(): DriftSummary {
      return { state: 'learning', since, samples: store.rows, window: size, features: [] };
    },
    push(row, time) {
      store.push(
        row.map((value) => (Number.isFinite(value) ? value : NaN)),
        time,
      );
      return store.rows >= size;
    },
    reference: () => asReference(names, categories, store.first(size)),
    save: () => ({ rows: store.first(store.rows), since }),
  };
}

/** Rows that were kept, as a reference. */
export function asReference(
  names: readonly string[],
  categories: Readonly<Record<string, readonly string[]>>,
  { values, times, rows }: FurtherRows,
): ReferenceRows {
  const width = names.length;
  return {
    names,
    categories,
    times: [...times],
    rows: Array.from({ length: rows }, (_, i) => values.subarray(i * width, (i + 1) * width)),
  };
}
