import { counter } from '../base/index.ts';
import type { DriftPayload, FeatureDrift } from '../messages/index.ts';
import { type CalibratedFeature, type Calibration, enoughOf } from './calibrate.ts';
import { createFeatureState, type FeatureState } from './feature-state.ts';
import { createRecentRows } from './recent-rows.ts';
import type { StatisticName } from './schema.ts';
import type { DriftSummary, Observation } from './types.ts';

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
  { names, features }: Calibration,
  { window, hop, statistic }: ComparisonSettings,
  time: number,
): Comparison {
  const recent = createRecentRows(window, names.length);
  const scratch = new Float64Array(window);
  const watched = features.map((feature): Watched => ({ ...feature, state: createFeatureState(), value: NaN }));
  let state: DriftSummary['state'] = 'learning';
  let since = time;
  let untilNext = hop;
  /** Names of what drifted when it was last reported, and how many rows ago that was. */
  let reported = '';
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
      feature.value = feature.distance(feature.sorted, current);
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
    const names = drifting.map(({ name }) => name).join('\n');
    state = drifting.length > 0 ? 'drifting' : 'calm';
    if (state === 'drifting' && before !== 'drifting') {
      since = Math.min(...drifting.map((feature) => feature.state.since));
      reported = names;
      alarms.add();
      return report('start');
    }
    if (state === 'calm' && before === 'drifting') {
      // The event says since when it had lasted; the summary since when all is well.
      const ended = report('end');
      since = now;
      return ended;
    }
    if (before === 'learning') since = now;
    // Features cross one after the other: the change is told once a window, not at each of them.
    if (state === 'calm' || names === reported || rowsSince < window) return undefined;
    reported = names;
    return report('change');
  };

  const summary = (): DriftSummary => ({ state, since, samples: recent.count, window, features: drifts() });

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
