export { createDrift } from './create-drift.ts';
export type { DriftOptions } from './create-drift.ts';
export { createMonitor } from './monitor/create-monitor.ts';
export { kolmogorovSmirnov } from './detectors/two-sample/kolmogorov-smirnov.ts';
export { wasserstein } from './detectors/two-sample/wasserstein.ts';
export type {
  Drift,
  DriftSummary,
  FeatureRow,
  LeftOut,
  Monitor,
  MonitorOptions,
  Observation,
  ReferenceRows,
  Watch,
  Watcher,
  WatchObservation,
  WatchSettings,
} from './types.ts';
export type { DriftStore, HistoryPoint, HistorySpan } from './history/types.ts';
export type { ModelHold, ModelPackage } from '../models/package/index.ts';
export { REFERENCE_SOURCES, STATISTICS } from './schema.ts';
export type { ReferenceSource, StatisticName } from './schema.ts';
