import { counter } from '../../base/index.ts';
import { ALL_TOGETHER, type DriftPayload, type DriftPromise, type FeatureDrift } from '../../messages/index.ts';
import { type Calibration, enoughOf } from '../calibration/calibrate.ts';
import { promiseOf, type Wish } from '../calibration/promise.ts';
import { discoveries } from './discoveries.ts';
import { createPace, type Pace, type SavedPace } from './pace.ts';
import { createRecentRows, type SavedRows } from './recent-rows.ts';
import type { DriftSummary, MonitorPicture, Observation } from '../types.ts';
import { eventWords } from './words.ts';
import {
  describe,
  isDrifting,
  type SavedWatched,
  saveWatched,
  setLevel,
  type Watched,
  watchFeature,
} from './watched.ts';

const alarms = counter('millrace_drift_starts_total', 'How often drift has begun');

export interface ComparisonSettings {
  readonly window: number;
  readonly hop: number;
  readonly wish: Wish;
  /** Of the wish, in (0, 1]. */
  readonly share: number;
}

/** A stream held against a calibrated reference. */
export interface Comparison {
  readonly state: DriftSummary['state'];
  readonly calibration: Calibration;
  readonly summary: DriftSummary;
  readonly promise: DriftPromise;
  readonly features: MonitorPicture['features'];
  readonly backwards: number;
  /** Takes a row in the reference's order, without its season; infinite where it is no measurement. Evaluates every `hop` rows. */
  push(row: Float64Array, time: number): Observation | undefined;
  /** Goes on with a longer reference. */
  recalibrate(calibration: Calibration): void;
  save(): SavedComparison;
}

export interface SavedComparison {
  readonly state: DriftSummary['state'];
  readonly since: number;
  readonly untilNext: number;
  readonly reported: readonly string[];
  readonly rowsSince: number;
  readonly evaluated: readonly number[];
  readonly recent: SavedRows;
  readonly pace: SavedPace;
  /** ms from row to row, for which the thresholds are. */
  readonly interval: number | null;
  readonly watched: readonly SavedWatched[];
}

/** @param time when the stream began, ms since the epoch */
export function createComparison(
  begun: Calibration,
  { window, hop, wish, share }: ComparisonSettings,
  time: number,
  saved?: SavedComparison,
): Comparison {
  /** Evaluations from one window to the one after it, which share no row. */
  const evaluations = Math.ceil(window / hop) + 1;
  const columns = begun.names.length + (begun.together ? 1 : 0);
  const recent = createRecentRows(window, columns, saved?.recent);
  const pace: Pace = createPace(saved?.pace);
  let calibration = begun;
  const known = new Map(saved?.watched.map((each) => [each[0], each]));
  let watched: readonly Watched[] = begun.features.map((feature) =>
    watchFeature(feature, evaluations, known.get(feature.name)),
  );
  let state: DriftSummary['state'] = saved?.state ?? 'learning';
  let since = saved?.since ?? time;
  let untilNext = saved?.untilNext ?? hop;
  /** Times of the last evaluations, the newest last. */
  const evaluated = [...(saved?.evaluated ?? [])];
  /** Features that the present drift has been reported for, and how many rows ago that was. */
  const reported = new Set<string>(saved?.reported);
  let rowsSince = saved?.rowsSince ?? 0;
  let interval = saved ? (saved.interval ?? undefined) : pace.interval;
  let promised = promiseNow();

  function promiseNow() {
    return promiseOf(wish, { features: watched.length, share, interval, rows: calibration.rows, window });
  }

  const drifts = (): FeatureDrift[] =>
    watched.flatMap((each) => describe(each, recent.sorted(each.feature.column)) ?? []);

  const evaluate = (now: number) => {
    if (pace.interval !== interval) {
      interval = pace.interval;
      promised = promiseNow();
    }
    if (evaluated.length === evaluations) evaluated.shift();
    evaluated.push(now);
    const { rate } = promised;
    for (const { feature, courses } of watched) {
      const current = recent.sorted(feature.column);
      for (const course of courses) setLevel(course, rate);
      const [values, missing] = courses;
      missing.value = recent.missing(feature.column) / window;
      missing.run.take(missing.value, missing.threshold, now);
      // Too many missing values: what was known of the feature stands.
      if (current.length < enoughOf(window)) continue;
      values.value = feature.measure(current);
      values.run.take(values.value, values.threshold, now);
    }
    const level = discoveries(watched, rate) * rate;
    const oldest = evaluated[0] ?? now;
    for (const { courses } of watched) {
      for (const course of courses) {
        const { run, yardstick, part } = course;
        const { least } = run;
        const out = least === least && least > 0 && yardstick.rateOf(least, level * part) <= level * part;
        if (!out && !run.drifting) continue;
        // What is found beside others need not lie as far out.
        setLevel(course, level);
        run.judge(out, course.value, course.threshold, oldest);
      }
    }
  };

  const report = (kind: DriftPayload['state'], now: number): DriftPayload => {
    rowsSince = 0;
    const mostDriftingFirst = drifts().sort(furthestFirst);
    const drifting = mostDriftingFirst.filter((each) => each.drifting);
    const words = eventWords(kind, drifting, watched.length, now - since);
    return { kind: 'data', state: kind, since, features: mostDriftingFirst, samples: recent.count, words };
  };

  const judge = (now: number): DriftPayload | undefined => {
    const drifting = watched.filter(isDrifting);
    const before = state;
    state = drifting.length > 0 ? 'drifting' : 'calm';
    if (state === 'calm') {
      // The event says since when it had lasted; the summary since when all is well.
      const event = before === 'drifting' ? report('end', now) : undefined;
      if (before !== 'calm') since = now;
      reported.clear();
      return event;
    }
    const starts = before !== 'drifting';
    // What all say together follows what one says: that is no news.
    const spread = drifting.some(({ feature: { name } }) => name !== ALL_TOGETHER && !reported.has(name));
    // Features cross one after the other, and some come and go: what is new is told, once a window.
    if (!starts && (!spread || rowsSince < window)) return undefined;
    for (const { feature } of drifting) reported.add(feature.name);
    if (!starts) return report('change', now);
    since = Math.min(
      ...drifting.flatMap(({ courses }) => courses.filter(({ run }) => run.drifting).map(({ run }) => run.since)),
    );
    alarms.add();
    return report('start', now);
  };

  const summary = (): DriftSummary => ({
    ...{ state, since, samples: recent.count, window, features: drifts(), promise: promised.promise.words },
    ...(calibration.leftOut.length > 0 && { leftOut: [...calibration.leftOut] }),
  });

  return {
    get state() {
      return state;
    },
    get calibration() {
      return calibration;
    },
    get summary() {
      return summary();
    },
    get promise() {
      return promised.promise;
    },
    get features() {
      const shapes = new Map(watched.map(({ feature }) => [feature.name, feature]));
      return drifts()
        .sort(furthestFirst)
        .map((drift) => {
          const feature = shapes.get(drift.name);
          const shape = feature?.shape.beside(recent.sorted(feature.column));
          return { ...drift, kind: 'data' as const, ...(shape && { shape }) };
        });
    },
    get backwards() {
      return pace.backwards;
    },
    push(row, now) {
      pace.push(now);
      recent.push(row);
      rowsSince++;
      untilNext--;
      const full = recent.count === window;
      const first = full && state === 'learning';
      if (untilNext > 0 && !first) return undefined;
      untilNext = hop;
      if (!full) return { summary: summary() };
      evaluate(now);
      const event = judge(now);
      return { summary: summary(), ...(event && { event }) };
    },
    recalibrate(longer) {
      const before = new Map(watched.map((each) => [each.feature.name, saveWatched(each)]));
      calibration = longer;
      watched = longer.features.map((feature) => watchFeature(feature, evaluations, before.get(feature.name)));
      promised = promiseNow();
    },
    save: () => ({
      ...{ state, since, untilNext, rowsSince },
      reported: [...reported],
      evaluated: [...evaluated],
      recent: recent.save(),
      pace: pace.save(),
      interval: interval ?? null,
      watched: watched.map(saveWatched),
    }),
  };
}

/** What drifts by its own name says more than what all say together. */
function furthestFirst(a: FeatureDrift, b: FeatureDrift): number {
  const named = ({ name, drifting }: FeatureDrift) => Number(drifting && name !== ALL_TOGETHER);
  return named(b) - named(a) || b.value / b.threshold - a.value / a.threshold;
}
