import type { FeatureDrift } from '../../messages/index.ts';
import type { CalibratedFeature, Yardstick } from '../calibration/feature.ts';
import { createRun, type Run, type SavedRun } from './run.ts';
import { sentence } from './words.ts';

/** Missing values have this part of a feature's share in the wish. */
const MISSING_PART = 0.1;

/** One yardstick of one feature, and where it stands. */
export interface Course {
  readonly of: 'values' | 'missing';
  readonly yardstick: Yardstick;
  readonly run: Run;
  /** Of the feature's rate, its own part. */
  readonly part: number;
  value: number;
  threshold: number;
  /** The rate that the threshold is for. */
  level: number;
}

/** One feature under watch. */
export interface Watched {
  readonly feature: CalibratedFeature;
  readonly courses: readonly [values: Course, missing: Course];
}

export interface SavedCourse {
  readonly run: SavedRun;
  /** `null`: there is none yet. */
  readonly value: number | null;
  /** The rate that the threshold was for. */
  readonly level: number | null;
}

export type SavedWatched = readonly [name: string, values: SavedCourse, missing: SavedCourse];

/** @param evaluations of a whole window, the first and the last included */
export function watchFeature(feature: CalibratedFeature, evaluations: number, saved?: SavedWatched): Watched {
  const course = (of: Course['of'], yardstick: Yardstick, part: number, from?: SavedCourse): Course => {
    const run = createRun(evaluations, from?.run);
    const made: Course = { of, yardstick, part, run, value: from?.value ?? NaN, threshold: NaN, level: NaN };
    if (from && from.level !== null) setLevel(made, from.level);
    return made;
  };
  return {
    feature,
    courses: [
      course('values', feature, 1 - MISSING_PART, saved?.[1]),
      course('missing', feature.missing, MISSING_PART, saved?.[2]),
    ],
  };
}

export function saveWatched({ feature, courses: [values, missing] }: Watched): SavedWatched {
  const known = (value: number) => (value === value ? value : null);
  const save = ({ run, value, level }: Course): SavedCourse => ({
    run: run.save(),
    value: known(value),
    level: known(level),
  });
  return [feature.name, save(values), save(missing)];
}

/** Keeps the threshold for a rate: it is asked for far more often than it changes. */
export function setLevel(course: Course, level: number): void {
  if (course.level === level) return;
  course.level = level;
  course.threshold = course.yardstick.thresholdAt(level * course.part);
}

export const isDrifting = ({ courses: [values, missing] }: Watched): boolean =>
  values.run.drifting || missing.run.drifting;

/** What a feature tells of itself: of missing values, where it is those that have changed. @param current sorted ascending */
export function describe(watched: Watched, current: Float64Array): FeatureDrift | undefined {
  const { feature, courses } = watched;
  const [values, missing] = courses;
  const shown = missing.run.drifting && !values.run.drifting ? missing : values;
  const { value, threshold, run } = shown;
  // A feature that has had no full window yet has no value to show.
  if (!(value === value)) return undefined;
  const { drifting, since } = run;
  const isMissing = shown === missing;
  const to = current[current.length >>> 1] ?? NaN;
  const moves = feature.kind === 'number' && !isMissing && current.length > 0 && feature.spread > 0;
  const sure = drifting || value > threshold ? shown.yardstick.oneIn(value) : NaN;
  const drift = {
    ...{ name: feature.name, statistic: isMissing ? 'missing values' : feature.statistic, value, threshold, drifting },
    ...(drifting && { since }),
    ...(moves && { moved: { from: feature.middle, to, deviations: (to - feature.middle) / feature.spread } }),
    ...(Number.isFinite(sure) && { oneIn: sure }),
  };
  return drifting ? { ...drift, words: sentence(feature, drift, current) } : drift;
}
