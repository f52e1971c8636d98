import { calibrateCategory, calibrateConstant, calibrateNumbers } from './calibrate-column.ts';
import { sortedNumbers } from './chunks.ts';
import { ALL_TOGETHER } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import { isConstant } from './measure.ts';
import type { Season, StatisticName } from '../schema.ts';
import { hasSeason, seasonProfile } from './season.ts';
import type { CalibratedFeature, ColumnSource } from './feature.ts';
import { runThrough } from '../run-through.ts';
import { createTable, type ReferenceTable } from './table.ts';
import type { LeftOut, ReferenceRows } from '../types.ts';
import type { RowScore } from '../detectors/multivariate/types.ts';

export interface Calibration {
  readonly names: readonly string[];
  /** Rows of the reference that it was made of. */
  readonly rows: number;
  readonly features: readonly CalibratedFeature[];
  readonly leftOut: readonly LeftOut[];
  /** What all features say together; its feature's column comes after those of the names. */
  readonly together: RowScore | undefined;
}

export interface CalibrationSettings {
  readonly window: number;
  readonly statistic: StatisticName;
  readonly season: Season;
}

/** Numbers that so many rows need to be compared, or to be compared with: fewer would stray further than the chunks did. */
export const enoughOf = (rows: number): number => Math.ceil(0.75 * rows);

/** Rows that a reference needs: less than three windows say nothing of how far windows stray. */
export const rowsNeeded = (window: number): number => Math.max(100, 3 * window);

/**
 * Prepares each feature of a reference for windows of this size, in pieces of about a millisecond. One that has too few
 * numbers has no threshold: it is left out, by name. One that is constant is watched for other values.
 *
 * @throws REFERENCE_TOO_SHORT, REFERENCE_UNUSABLE at the end
 */
export function* calibrating(
  table: ReferenceTable,
  settings: CalibrationSettings,
  together?: RowScore,
): Generator<void, Calibration> {
  const { names, rows, times } = table;
  const { window, season } = settings;
  const needed = rowsNeeded(window);
  if (rows < needed) throw errors.REFERENCE_TOO_SHORT({ rows, needed, window });
  const features: CalibratedFeature[] = [];
  const leftOut: LeftOut[] = [];
  for (const [column, name] of names.entries()) {
    const values = table.column(column);
    const source: ColumnSource = { name, column, values, segments: table.segments, ...settings };
    const categories = table.categories[name];
    const sorted = sortedNumbers(values);
    yield;
    if (sorted.length < enoughOf(needed)) leftOut.push({ name, reason: 'too few numbers' });
    else if (categories) features.push(yield* calibrateCategory(source, sorted, categories));
    else if (isConstant(sorted)) features.push(calibrateConstant(source, sorted));
    else {
      const profile = hasSeason(times, season) ? seasonProfile(values, times, season) : undefined;
      const found = yield* calibrateNumbers(source, profile ? sortedNumbers(profile.adjusted) : sorted, profile);
      if (typeof found === 'string') leftOut.push({ name, reason: found });
      else features.push(found);
    }
  }
  if (together) {
    const values = yield* scoresOf(table, together);
    const source: ColumnSource = {
      name: ALL_TOGETHER,
      column: names.length,
      values,
      segments: table.segments,
      ...settings,
    };
    const sorted = sortedNumbers(values);
    const usable = sorted.length >= enoughOf(needed) && !isConstant(sorted);
    const found = usable ? yield* calibrateNumbers(source, sorted, undefined) : undefined;
    if (found && typeof found !== 'string') features.push(found);
  }
  if (features.every(({ kind }) => kind === 'constant')) {
    const reasons = [
      ...features.map(({ name }) => `${name} (constant)`),
      ...leftOut.map(({ name, reason }) => `${name} (${reason})`),
    ];
    throw errors.REFERENCE_UNUSABLE({ reasons });
  }
  return { names, rows, features, leftOut, together };
}

/** What all features of each row say together; of the rows that came later, as of any other. */
function* scoresOf(table: ReferenceTable, together: RowScore): Generator<void, Float64Array> {
  const known = together.reference.length;
  const scores = new Float64Array(table.rows);
  scores.set(together.reference.subarray(0, table.rows));
  if (table.rows <= known) return scores;
  const columns = table.names.map((name, index) => (table.categories[name] ? undefined : table.column(index)));
  const row = new Float64Array(columns.length);
  for (let i = known; i < table.rows; i++) {
    if (i % ROWS === 0) yield;
    for (const [at, column] of columns.entries()) row[at] = column?.[i] ?? NaN;
    scores[i] = together.score(row);
  }
  return scores;
}

/** Rows in one piece of work. */
const ROWS = 64;

/** All pieces at once. */
export function calibrate(reference: ReferenceRows, settings: CalibrationSettings): Calibration {
  return runThrough(calibrating(createTable(reference), settings));
}
