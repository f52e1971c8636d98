import { quantile } from '../../numerics/index.ts';
import { type Dependence, follow, inflation, noDependence } from './dependence.ts';
import {
  type ErrorReference,
  type ErrorThreshold,
  meanThreshold,
  referenceOf,
  shareThreshold,
} from './error-threshold.ts';

export interface ErrorCourseOptions {
  /** Errors that are 0 or 1, or errors of any size. */
  readonly of: 'shares' | 'sizes';
  readonly window: number;
  /** Errors that make the reference, where none is given. */
  readonly learn: number;
  readonly reference?: ErrorReference;
}

/** One course of errors, as of its last look. */
export interface ErrorLook {
  readonly value: number;
  readonly threshold: number;
  /** How unlikely so large a value is while all is well. */
  readonly tail: number;
  readonly drifting: boolean;
  /** While it drifts, ms since the epoch. */
  readonly since: number;
}

/** A course of errors that is watched for a rise. */
export interface ErrorCourse {
  /**
   * @param level how likely a look may be to be too large while all is well
   * @returns whether it was looked at
   */
  push(error: number, time: number, level: number): boolean;
  readonly look: ErrorLook | undefined;
  /** What it is held against; undefined while that is learned. */
  readonly reference: ErrorReference | undefined;
  /** Errors that have come, and the mean of the newest. */
  readonly count: number;
  readonly mean: number;
  save(): ErrorCourseState;
}

export interface ErrorCourseState {
  learned: number[];
  reference: ErrorReference | null;
  /** A larger error counts as this one: one wild value is no drift. */
  cap: number | null;
  recent: number[];
  dependence: Dependence;
  count: number;
  look: ErrorLook | null;
  /** Looks in a row above the threshold, and since when; and below where it ends. */
  above: number;
  aboveSince: number;
  below: number;
}

/** Looks in a row that begin a drift, and that end it. */
const [BEGIN, END] = [2, 3];
/** Looks a window. */
const LOOKS = 4;

/**
 * Holds the newest errors against what they were: a drift begins when their mean lies above the threshold at two looks in
 * a row, and ends when it lies below the middle between the reference and the threshold at three.
 */
export function createErrorCourse(options: ErrorCourseOptions, saved?: ErrorCourseState): ErrorCourse {
  const { of, window, learn } = options;
  const state: ErrorCourseState = saved ? structuredClone(saved) : fresh(options);
  const hop = Math.max(1, Math.round(window / LOOKS));
  /** Made anew only where something has changed by more than a little. */
  let made: { readonly key: string; readonly threshold: ErrorThreshold } | undefined;

  const mean = () => state.recent.reduce((sum, error) => sum + error, 0) / state.recent.length;

  const learnFrom = (error: number) => {
    state.learned.push(error);
    if (state.learned.length < learn) return;
    if (of === 'sizes') {
      state.cap = 2 * quantile(Float64Array.from(state.learned).sort(), 0.99);
      state.learned = state.learned.map((each) => Math.min(each, state.cap ?? each));
    }
    for (const each of state.learned) follow(state.dependence, each);
    state.reference = referenceOf(state.learned);
    state.learned = [];
  };

  const thresholdFor = (reference: ErrorReference, level: number): ErrorThreshold => {
    const factor = Math.round(20 * inflation(state.dependence)) / 20;
    const steps = Math.round(20 * Math.log10(level));
    const key = `${factor} ${steps}`;
    if (made?.key !== key) {
      const make = of === 'shares' ? shareThreshold : meanThreshold;
      made = { key, threshold: make(reference, window, factor, 10 ** (steps / 20)) };
    }
    return made.threshold;
  };

  const judge = (reference: ErrorReference, time: number, level: number) => {
    const { threshold, tail } = thresholdFor(reference, level);
    const value = mean();
    const isAbove = value > threshold;
    state.above = isAbove ? state.above + 1 : 0;
    if (state.above === 1) state.aboveSince = time;
    state.below = value < (reference.mean + threshold) / 2 ? state.below + 1 : 0;
    const was = state.look?.drifting ?? false;
    const drifting = was ? state.below < END : state.above >= BEGIN;
    const since = drifting ? (was ? (state.look?.since ?? time) : state.aboveSince) : 0;
    state.look = { value, threshold, tail: tail(value), drifting, since };
  };

  return {
    push(given, time, level) {
      const error = Math.min(given, state.cap ?? given);
      state.count++;
      state.recent.push(error);
      const gone = state.recent.length > window ? state.recent.shift() : undefined;
      if (!state.reference) {
        learnFrom(given);
        return false;
      }
      // Of what has left the window while all was well: a drift that is not found yet must not widen its own threshold.
      const isNew = state.count - window > (options.reference ? 0 : learn);
      if (gone !== undefined && isNew && !state.look?.drifting) follow(state.dependence, gone);
      if (state.recent.length < window || state.count % hop !== 0) return false;
      judge(state.reference, time, level);
      return true;
    },
    get look() {
      return state.look ?? undefined;
    },
    get reference() {
      return state.reference ?? undefined;
    },
    get count() {
      return state.count;
    },
    get mean() {
      return mean();
    },
    save: () => structuredClone(state),
  };
}

function fresh({ reference }: ErrorCourseOptions): ErrorCourseState {
  return {
    ...{ learned: [], reference: reference ?? null, cap: null, recent: [], dependence: noDependence() },
    ...{ count: 0, look: null, above: 0, aboveSince: 0, below: 0 },
  };
}
