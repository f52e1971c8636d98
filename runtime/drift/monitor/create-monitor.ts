import { calibrate, type Calibration, rowsNeeded } from '../calibration/calibrate.ts';
import { type Comparison, createComparison } from './comparison.ts';
import { errors } from '../errors.ts';
import { createLearning, type Learning } from './learning.ts';
import { namesOf, readRow } from './read-row.ts';
import { LEARN, WINDOW } from '../schema.ts';
import type { FeatureRow, Monitor, MonitorOptions, Observation } from '../types.ts';

/**
 * Watches a stream of feature rows for drift: the newest `window` rows are held against a reference every `hop` rows,
 * each feature by a two-sample statistic whose threshold was calibrated on the reference itself (see threshold.ts). A
 * feature drifts when it lies above its threshold twice in a row, and no longer when it lies below 70 % of it three times
 * in a row.
 *
 * Without a reference, the first `learn` rows become it. The memory that it takes does not grow with the stream.
 *
 * @throws REFERENCE_TOO_SHORT, REFERENCE_UNUSABLE
 *
 * @example
 * const monitor = createMonitor({ learn: 500 });
 * const { event } = monitor.observe({ temperature: 21.4, pressure: 1.02 }, Date.now()) ?? {};
 */
export function createMonitor(options: MonitorOptions): Monitor {
  const { reference, window = WINDOW.standard, statistic = 'wasserstein', learn = LEARN.standard } = options;
  const hop = options.hop ?? Math.max(1, Math.round(window / 4));
  const settings = { window, hop, statistic };
  const needed = rowsNeeded(window);
  if (!reference && learn < needed) throw errors.REFERENCE_TOO_SHORT({ rows: learn, needed, window });

  let calibration: Calibration | undefined = reference && calibrate(reference, settings);
  let learning: Learning | undefined;
  let comparison: Comparison | undefined;
  let row = new Float64Array(calibration?.names.length ?? 0);

  const compare = (against: Calibration, time: number): Observation | undefined =>
    (comparison ??= createComparison(against, settings, time)).push(row, time);

  const learnFrom = (features: FeatureRow, time: number): Observation | undefined => {
    if (!learning) {
      learning = createLearning(options.names ?? namesOf(features), learn, time);
      row = new Float64Array(learning.names.length);
    }
    const current = learning;
    try {
      readRow(features, current.names, row);
    } catch (thrown) {
      // What the first row looks like decides the names: a bad one must not.
      if (current.summary.samples === 0) learning = undefined;
      throw thrown;
    }
    const learned = current.push(row);
    if (!learned) return current.summary.samples % hop === 0 ? { summary: current.summary } : undefined;
    // Also where it turns out unusable: then learning begins anew.
    learning = undefined;
    calibration = calibrate(learned, settings);
    return { summary: monitor.summary };
  };

  const monitor: Monitor = {
    get names() {
      return calibration?.names ?? learning?.names ?? [];
    },
    get leftOut() {
      return calibration?.leftOut ?? [];
    },
    get summary() {
      if (comparison) return comparison.summary;
      const empty = { state: 'learning' as const, since: 0, samples: 0, features: [] };
      return learning?.summary ?? { ...empty, window: calibration ? window : learn };
    },
    observe(features, time) {
      if (!calibration) return learnFrom(features, time);
      readRow(features, calibration.names, row);
      return compare(calibration, time);
    },
  };
  return monitor;
}
