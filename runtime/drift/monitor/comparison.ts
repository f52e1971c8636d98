import { counter } from '../../base/index.ts';
import type { DriftPayload, FeatureDrift } from '../../messages/index.ts';
import { type CalibratedFeature, type Calibration, enoughOf } from '../calibration/calibrate.ts';
import { createFeatureState, type FeatureState } from './feature-state.ts';
import { createRecentRows } from './recent-rows.ts';
import type { StatisticName } from '../schema.ts';
import type { DriftSummary, Observation } from '../types.ts';

const alarms = counter('millrace_drift_starts_total', 'How often drift has begun');

export interface ComparisonSettings {
  readonly window: number;
  readonly hop: number;
  readonly statistic: StatisticName;
}

/** A stream held against a calibrated reference. */
export interface Comparison {
  readonly summary: DriftSummary;
  /** Takes a row in the reference's order; evaluates every `hop` rows. */
  push(row: Float64Array, time: number): Observation | undefined;
}

interface Watched extends CalibratedFeature {
  readonly state: FeatureState;
  value: number;
}

/** @param time when the stream began, ms since the epoch */
export function createComparison(
  { names, features, leftOut }: Calibration,
  { window, hop, statistic }: ComparisonSettings,
  time: number,
): Comparison {
  const recent = createRecentRows(window, names.length);
  const scratch = new Float64Array(window);
  const watched = features.map((feature): Watched => ({ ...feature, state: createFeatureState(), value: NaN }));
  let state: DriftSummary['state'] = 'learning';
  let since = time;
  let untilNext = hop;
  /** Features that the present drift has been reported for, and how many rows ago that was. */
  const reported = new Set<string>();
  let rowsSince = 0;

  const drifts = (): FeatureDrift[] =>
    watched
      // A feature that has had no full window yet has no value to show.
      .filter(({ value }) => !Number.isNaN(value))
      .map(({ name, value, threshold, state: { drifting } }) => ({ name, statistic, value, threshold, drifting }));

  const evaluate = (now: number) => {
    for (const feature of watched) {
      const current = recent.sorted(feature.column, scratch);
      // Too many missing values: what was known of the feature stands.
      if (current.length < enoughOf(window)) continue;
      feature.value = feature.distance(current);
      feature.state.update(feature.value, feature.threshold, now);
    }
  };

  const report = (kind: DriftPayload['state']): DriftPayload => {
    rowsSince = 0;
    const mostDriftingFirst = drifts().sort((a, b) => b.value / b.threshold - a.value / a.threshold);
    return { kind: 'data', state: kind, since, features: mostDriftingFirst, samples: recent.count };
  };

  const judge = (now: number): DriftPayload | undefined => {
    const drifting = watched.filter((feature) => feature.state.drifting);
    const before = state;
    state = drifting.length > 0 ? 'drifting' : 'calm';
    if (state === 'calm') {
      // The event says since when it had lasted; the summary since when all is well.
      const event = before === 'drifting' ? report('end') : undefined;
      if (before !== 'calm') since = now;
      reported.clear();
      return event;
    }
    const starts = before !== 'drifting';
    const spread = drifting.some(({ name }) => !reported.has(name));
    // Features cross one after the other, and some come and go: what is new is told, once a window.
    if (!starts && (!spread || rowsSince < window)) return undefined;
    for (const { name } of drifting) reported.add(name);
    if (!starts) return report('change');
    since = Math.min(...drifting.map((feature) => feature.state.since));
    alarms.add();
    return report('start');
  };

  const unwatched = leftOut.length > 0 && { leftOut: [...leftOut] };
  const summary = (): DriftSummary => ({
    ...{ state, since, samples: recent.count, window, features: drifts() },
    ...unwatched,
  });

  return {
    get summary() {
      return summary();
    },
    push(row, now) {
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
  };
}
