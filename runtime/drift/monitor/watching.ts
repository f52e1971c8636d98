import { type Calibration, type CalibrationSettings, calibrating } from '../calibration/calibrate.ts';
import { createTable } from '../calibration/table.ts';
import { pcaErrorInPieces } from '../detectors/multivariate/pca-error.ts';
import { type Comparison, type ComparisonSettings, createComparison, type SavedComparison } from './comparison.ts';
import { createHealthyRows, type SavedHealthyRows } from './healthy-rows.ts';
import type { Observation, ReferenceRows } from '../types.ts';

/** A stream under watch, from the moment that there is a reference. */
export interface Watching {
  readonly comparison: Comparison;
  /** Takes a row as it was read; infinite where it is no measurement. */
  push(row: Float64Array, time: number): Observation | undefined;
  save(): SavedWatching;
}

export interface SavedWatching {
  readonly comparison: SavedComparison;
  readonly healthy: SavedHealthyRows | null;
  /** A calibration that is under way: of how many healthy rows, and how many pieces of it are done. */
  readonly pending: { readonly rows: number; readonly done: number } | null;
}

export interface WatchingSettings extends CalibrationSettings, ComparisonSettings {
  readonly extend: boolean;
}

/**
 * Compares, and makes the reference longer meanwhile where it is too short for the wish. A new calibration is made in pieces, one
 * a row, and takes the old one's place when it is complete: by rows and not by timers, so that a restored monitor does the
 * same at the same row.
 *
 * In pieces of about a millisecond.
 *
 * @throws REFERENCE_TOO_SHORT, REFERENCE_UNUSABLE
 */
export function* watchingInPieces(
  reference: ReferenceRows,
  settings: WatchingSettings,
  time: number,
  saved?: SavedWatching,
): Generator<void, Watching> {
  const { window, extend } = settings;
  const width = reference.names.length;
  const base = reference.rows.length;
  const healthy = extend
    ? createHealthyRows(
        { width, window, base },
        () => comparison.promise.reference?.needed,
        saved?.healthy ?? undefined,
      )
    : undefined;
  const together = yield* pcaErrorInPieces(withoutCategories(reference));
  const begin = (rows: number): Generator<void, Calibration> =>
    calibrating(createTable(reference, rows > 0 ? healthy?.first(rows) : undefined), settings, together);
  const calibration = yield* begin(healthy?.used ?? 0);
  const comparison: Comparison = createComparison(calibration, settings, time, saved?.comparison);
  let pending: { readonly rows: number; readonly pieces: Generator<void, Calibration>; done: number } | undefined;
  if (saved?.pending) {
    pending = { rows: saved.pending.rows, pieces: begin(saved.pending.rows), done: saved.pending.done };
    for (let i = 0; i < pending.done; i++) {
      pending.pieces.next();
      yield;
    }
  }
  const compared = new Float64Array(width + (together ? 1 : 0));
  const plain = new Float64Array(width);
  const measured = new Float64Array(width);
  const isCategory = reference.names.map((name) => reference.categories?.[name] !== undefined);
  const categorical = isCategory.includes(true);
  const isBroken = (row: Float64Array) => {
    for (let i = 0; i < width; i++) if (row[i] === Infinity) return true;
    return false;
  };
  const withoutIn = (row: Float64Array) => {
    for (let i = 0; i < width; i++) measured[i] = isCategory[i] ? NaN : (row[i] as number);
    return measured;
  };

  const extendBy = (time: number): void => {
    if (!healthy) return;
    if (comparison.state === 'drifting') {
      healthy.drop();
      return;
    }
    healthy.push(plain, time);
    const rows = pending ? undefined : healthy.due();
    if (rows !== undefined) pending = { rows, pieces: begin(rows), done: 0 };
  };

  const calibrateFurther = (): void => {
    if (!pending) return;
    const { done, value } = pending.pieces.next();
    pending.done++;
    if (!done) return;
    healthy?.use(pending.rows);
    comparison.recalibrate(value);
    pending = undefined;
  };

  return {
    comparison,
    push(row, time) {
      for (let i = 0; i < width; i++) plain[i] = Number.isFinite(row[i]) ? (row[i] as number) : NaN;
      const { features } = comparison.calibration;
      compared.set(row);
      for (const { column, profile } of features)
        if (profile) compared[column] = (compared[column] as number) - profile.at(time);
      // Where one sensor is broken, what all say together says only that.
      if (together) compared[width] = isBroken(row) ? Infinity : together.score(categorical ? withoutIn(plain) : plain);
      calibrateFurther();
      const seen = comparison.push(compared, time);
      extendBy(time);
      return seen;
    },
    save: () => ({
      comparison: comparison.save(),
      healthy: healthy?.save() ?? null,
      pending: pending ? { rows: pending.rows, done: pending.done } : null,
    }),
  };
}

/** Categories have no distance that features could share. */
function withoutCategories(reference: ReferenceRows): ReferenceRows {
  const { names, rows, categories = {} } = reference;
  const isCategory = names.map((name) => categories[name] !== undefined);
  if (!isCategory.includes(true)) return reference;
  return { names, rows: rows.map((row) => Float64Array.from(row, (value, i) => (isCategory[i] ? NaN : value))) };
}
