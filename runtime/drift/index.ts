export { createDrift } from './create-drift.ts';
export type { DriftOptions } from './create-drift.ts';
export { createMonitor } from './monitor/create-monitor.ts';
export { calibratedConfidence } from './performance/calibrated-confidence.ts';
export { createPerformanceWatch } from './performance/create-performance-watch.ts';
export type { CalibrationBin, PerformanceOptions, PerformanceWatch } from './performance/types.ts';
export { createMmd } from './detectors/multivariate/mmd.ts';
export type { Mmd, MmdOptions } from './detectors/multivariate/mmd.ts';
export { createPcaError } from './detectors/multivariate/pca-error.ts';
export type { PcaErrorOptions } from './detectors/multivariate/pca-error.ts';
export type { RowScore } from './detectors/multivariate/types.ts';
export { countMissing, missingRate } from './detectors/shares/missing-rate.ts';
export type { MissingCount } from './detectors/shares/missing-rate.ts';
export { rangeViolations } from './detectors/shares/range-violations.ts';
export { unseenCategories } from './detectors/shares/unseen-categories.ts';
export { createAdwin } from './detectors/streaming/adwin.ts';
export type { ChangeDetector, Verdict } from './detectors/streaming/change-detector.ts';
export { createCusum } from './detectors/streaming/cusum.ts';
export { createDdm } from './detectors/streaming/ddm.ts';
export { createEddm } from './detectors/streaming/eddm.ts';
export { createHddmA } from './detectors/streaming/hddm-a.ts';
export { createHddmW } from './detectors/streaming/hddm-w.ts';
export { createKswin } from './detectors/streaming/kswin.ts';
export { createPageHinkley } from './detectors/streaming/page-hinkley.ts';
export { binCounts, quantileEdges } from './detectors/two-sample/bins.ts';
export { chiSquare } from './detectors/two-sample/chi-square.ts';
export type { Tested } from './detectors/two-sample/chi-square.ts';
export { cramerVonMises } from './detectors/two-sample/cramer-von-mises.ts';
export { energyDistance } from './detectors/two-sample/energy-distance.ts';
export { hellinger } from './detectors/two-sample/hellinger.ts';
export { jensenShannon } from './detectors/two-sample/jensen-shannon.ts';
export { kolmogorovSmirnov } from './detectors/two-sample/kolmogorov-smirnov.ts';
export { kolmogorovSmirnovTest } from './detectors/two-sample/kolmogorov-smirnov-test.ts';
export { largestDifference } from './detectors/two-sample/largest-difference.ts';
export { populationStability } from './detectors/two-sample/population-stability.ts';
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
  UnusualMessage,
  Watch,
  Watcher,
  WatchObservation,
  WatchSettings,
} from './types.ts';
export type { DriftStore, HistoryPoint, HistorySpan } from './history/types.ts';
export type { ModelHold, ModelPackage } from '../models/package/index.ts';
export { REFERENCE_SOURCES, SEASONS, STATISTICS } from './schema.ts';
export type { ReferenceSource, Season, StatisticName } from './schema.ts';
