import type { DriftPayload, ModelIdentity, ViewOf } from '../messages/index.ts';
import type { ModelPackage } from '../models/package/index.ts';
import type { ReferenceSource, StatisticName } from './schema.ts';

/** Rows of a time when all was well, oldest first; a value a name. NaN stands for a missing value. */
export interface ReferenceRows {
  readonly names: readonly string[];
  readonly rows: readonly ArrayLike<number>[];
}

export interface MonitorOptions {
  /** Where it is left out, the first `learn` rows of the stream become the reference. */
  readonly reference?: ReferenceRows;
  /** How many of the newest rows are compared with the reference. Default 30. */
  readonly window?: number;
  /** Rows from one evaluation to the next. Default a quarter of the window. */
  readonly hop?: number;
  /** Default `wasserstein`. */
  readonly statistic?: StatisticName;
  /** How many rows make a learned reference. Default 1,000. */
  readonly learn?: number;
}

/** What a monitor knows at an evaluation: the drift view without its origin. */
export type DriftSummary = Omit<ViewOf<'drift'>, 'kind'>;

/** Why a feature is not monitored. */
export interface LeftOut {
  readonly name: string;
  readonly reason: 'constant' | 'too few numbers' | 'statistic saturates';
}

/** What one row has brought about: on most rows nothing. */
export interface Observation {
  readonly summary: DriftSummary;
  /** Drift has begun, has spread to further features (told once a window), or has ended. */
  readonly event?: DriftPayload;
}

/** Compares a stream of feature rows with a reference. One a stream: its state is the stream's. */
export interface Monitor {
  /** In the order in which values are expected and reported; empty before the first row where it learns. */
  readonly names: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** As of the last evaluation. */
  readonly summary: DriftSummary;
  /**
   * Takes one row.
   *
   * @param features values by name, or in the order of `names`; NaN, infinite and null values are left out and counted
   * @param time     when it was measured, ms since the epoch
   * @returns undefined unless this row led to an evaluation
   * @throws DRIFT_FEATURES_MISSING, DRIFT_FEATURE_NOT_NUMBER: the row is then left out whole; REFERENCE_UNUSABLE at the
   *   row that completes a learned reference: learning then begins anew
   */
  observe(features: FeatureRow, time: number): Observation | undefined;
}

export type FeatureRow = Readonly<Record<string, number | null>> | ArrayLike<number>;

/** How a node wants its stream watched. */
export interface WatchSettings extends Omit<MonitorOptions, 'reference'> {
  /** Whose reference is used. Default: that of the model which made the prediction. */
  readonly model?: ModelPackage | undefined;
  /** Default `model`. */
  readonly source?: ReferenceSource;
  /** The message property with the features; where there is nothing in it, `payload` is taken. Default `features`. */
  readonly property?: string;
}

/** An observation and the model that the reference belongs to. */
export interface WatchObservation extends Observation {
  readonly model?: ModelIdentity;
}

/** One node's watch over its messages. */
export interface Watch {
  /**
   * Takes the features of one message.
   *
   * @returns the observations that it led to, in order: most often none; two where a change of the model ends a drift
   * @throws DRIFT_INPUT, DRIFT_FEATURES_MISSING, DRIFT_FEATURE_NOT_NUMBER for the message; REFERENCE_TOO_SHORT,
   *   REFERENCE_UNUSABLE, REFERENCE_OF_OTHER_MODEL or the registry's own error for the reference
   */
  observe(message: Readonly<Record<string, unknown>>): Promise<readonly WatchObservation[]>;
}

/** What nodes are given of this room. */
export interface Drift {
  /** A watch of its own for every node. */
  watch(settings?: WatchSettings): Watch;
}
