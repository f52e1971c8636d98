import { heldOutChunks, sortedNumbers } from './chunks.ts';
import { errors } from '../errors.ts';
import type { StatisticName } from '../schema.ts';
import { type Distance, distanceFrom, isConstant, LARGEST } from './statistic.ts';
import { thresholdOf } from './threshold.ts';
import type { LeftOut, ReferenceRows } from '../types.ts';

/** What a feature is held against. */
export interface CalibratedFeature {
  readonly name: string;
  /** Its place in a row. */
  readonly column: number;
  /** From the reference. */
  readonly distance: Distance;
  readonly threshold: number;
}

export interface Calibration {
  readonly names: readonly string[];
  readonly features: readonly CalibratedFeature[];
  readonly leftOut: readonly LeftOut[];
}

export interface CalibrationSettings {
  readonly window: number;
  readonly statistic: StatisticName;
}

/** Numbers that a window of this many rows needs to be compared: fewer would stray further than the chunks did. */
export const enoughOf = (window: number): number => Math.ceil(0.75 * window);

/** Rows that a reference needs: less than four windows say nothing of how far windows stray. */
export const rowsNeeded = (window: number): number => Math.max(100, 4 * window);

/**
 * Prepares each feature of a reference for windows of this size. A feature that is constant in the reference has no
 * scale on which a change could be measured, and one with too few numbers no threshold: they are left out, by name.
 *
 * @throws REFERENCE_TOO_SHORT, REFERENCE_UNUSABLE
 */
export function calibrate(reference: ReferenceRows, { window, statistic }: CalibrationSettings): Calibration {
  const { names, rows } = reference;
  const needed = rowsNeeded(window);
  if (rows.length < needed) throw errors.REFERENCE_TOO_SHORT({ rows: rows.length, needed, window });
  const features: CalibratedFeature[] = [];
  const leftOut: LeftOut[] = [];
  for (const [column, name] of names.entries()) {
    const values = Float64Array.from(rows, (row) => row[column] ?? NaN);
    const found = calibrateFeature(values, { window, statistic });
    if (typeof found === 'string') leftOut.push({ name, reason: found });
    else features.push({ name, column, ...found });
  }
  if (features.length > 0) return { names, features, leftOut };
  throw errors.REFERENCE_UNUSABLE({ reasons: leftOut.map(({ name, reason }) => `${name} (${reason})`) });
}

function calibrateFeature(
  values: Float64Array,
  { window, statistic }: CalibrationSettings,
): Pick<CalibratedFeature, 'distance' | 'threshold'> | LeftOut['reason'] {
  const sorted = sortedNumbers(values);
  if (sorted.length < rowsNeeded(window)) return 'too few numbers';
  if (isConstant(sorted)) return 'constant';
  const distance = distanceFrom(sorted, statistic);
  const chunks = heldOutChunks(values, window, enoughOf(window), distance);
  if (chunks.length < 4) return 'too few numbers';
  const ends = [sorted.subarray(0, 1), sorted.subarray(-1)];
  const extreme = Math.max(...ends.map((end) => distance(end)));
  const threshold = thresholdOf(chunks, sorted.length / window, extreme);
  return threshold < LARGEST[statistic] ? { distance, threshold } : 'statistic saturates';
}
