import type { MillraceError } from '../base/index.ts';
import type {
  DriftHistory,
  DriftPayload,
  DriftPicture,
  FalseAlarms,
  ModelIdentity,
  ViewOf,
  WatchedStream,
} from '../messages/index.ts';
import type { ModelPackage } from '../models/package/index.ts';
import type { HistorySpan } from './history/types.ts';
import type { Reports } from './report/create-reports.ts';
import type { ReferenceSource, Season, StatisticName } from './schema.ts';

/** Rows of a time when all was well, oldest first; a value a name. NaN stands for a missing value. */
export interface ReferenceRows {
  readonly names: readonly string[];
  readonly rows: readonly ArrayLike<number>[];
  /**
   * Of columns that hold categories: a value in `rows` is an index into these. By the column's name. A list may grow while the
   * stream is watched: what lies beyond what `rows` holds, the reference does not know.
   */
  readonly categories?: Readonly<Record<string, readonly string[]>>;
  /** When each row was measured, ms since the epoch: needed for a season. */
  readonly times?: readonly number[];
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
  /** At most one false alarm in such a time, by the rate of the stream; or in so many windows. Default `month`. */
  readonly falseAlarms?: FalseAlarms | { readonly windows: number };
  /** Whether healthy rows of the stream make a reference longer that is too short for the wish. Default true. */
  readonly extend?: boolean;
  /** Default `none`. */
  readonly season?: Season;
  /** Where there is no reference: what the columns of the rows are called. Left out: as the first row names them. */
  readonly names?: readonly string[];
  /** Where there is no reference: which columns hold categories, by name. The lists grow as categories are met. */
  readonly categories?: Readonly<Record<string, readonly string[]>>;
  /** How much of the wish for few false alarms is this monitor's: the questions of a node share it. Default 1. */
  readonly share?: number;
  /** What `save` gave: goes on exactly there, if it is of the same reference and settings. */
  readonly saved?: unknown;
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
   *                 A category is given as its place in the list of its column's categories
   * @param time     when it was measured, ms since the epoch
   * @param unfit    columns of this row that are no measurements, because a sensor is broken: they are neither compared nor
   *                 missing
   * @returns undefined unless this row led to an evaluation
   * @throws DRIFT_FEATURES_MISSING, DRIFT_FEATURE_NOT_NUMBER: the row is then left out whole; REFERENCE_UNUSABLE at the
   *   row that completes a learned reference: learning then begins anew
   */
  observe(features: FeatureRow, time: number, unfit?: readonly number[]): Observation | undefined;
  /** What is to be drawn of it, as of the last evaluation: without what the node adds. */
  picture(): MonitorPicture;
  /** Forgets the reference, and learns one from the stream: what comes now is as it should be. */
  relearn(): void;
  /** Everything it knows, as plain JSON or typed arrays; the reference of a package is not in it. */
  save(): unknown;
}

export type MonitorPicture = Pick<
  DriftPicture,
  'state' | 'since' | 'samples' | 'window' | 'promise' | 'features' | 'leftOut' | 'counts'
>;

/** A category is its place in the list of its column's categories, or itself. */
export type FeatureRow = Readonly<Record<string, number | string | null>> | ArrayLike<number>;

/** How a node wants its stream watched. */
export interface WatchSettings extends Omit<MonitorOptions, 'reference'> {
  /** Whose reference is used. Default: that of the model which made the prediction. */
  readonly model?: ModelPackage | undefined;
  /** Default `model`. */
  readonly source?: ReferenceSource;
  /** The message property with the features; where there is nothing in it, `payload` is taken. Default `features`. */
  readonly property?: string;
  /** What is asked. Default: all. */
  readonly questions?: Readonly<Partial<Record<'data' | 'prediction' | 'performance' | 'faults', boolean>>>;
}

/** An observation and the model that the reference belongs to. */
export interface WatchObservation extends Observation {
  readonly model?: ModelIdentity;
  /** A message that looks least like the reference, and why: at most one a window. */
  readonly unusual?: UnusualMessage;
}

export interface UnusualMessage {
  readonly message: Readonly<Record<string, unknown>>;
  /** Root mean square of its features' deviations, in standard deviations of the reference. */
  readonly score: number;
  /** "temperature is 5.2 standard deviations above its mean" */
  readonly why: string;
}

/** One node's watch over its messages: its data, its predictions, how right they are, and the sensors behind them. */
export interface Watch {
  /**
   * Takes the features of one message.
   *
   * @returns the observations that it led to, in order: most often none; two where a change of the model ends a drift
   * @throws DRIFT_INPUT, DRIFT_FEATURES_MISSING, DRIFT_FEATURE_NOT_NUMBER for the message; REFERENCE_TOO_SHORT,
   *   REFERENCE_UNUSABLE, REFERENCE_OF_OTHER_MODEL or the registry's own error for the reference
   */
  observe(message: Readonly<Record<string, unknown>>): Promise<readonly WatchObservation[]>;
  /**
   * Learns the reference anew from the stream: what comes from now on is normal, from the first message on where none has
   * come yet.
   *
   * @returns the end of what was on; before the first message nothing: it is told with that
   */
  relearn(): readonly WatchObservation[];
  /** Takes the reference of another model from now on: of the node's choice. @returns the end of what was on */
  follow(model: ModelPackage): readonly WatchObservation[];
  /** How it stands, as events that are sent anew: what is on, or that nothing is. */
  report(): readonly WatchObservation[];
  /** As it was kept last with these settings, before the first message. */
  restored(): Promise<DriftPicture | undefined>;
  /** Keeps what is known for the next start; `removed`: forgets it. */
  close(removed?: boolean): Promise<void>;
  /** DRIFT_NOT_KEPT, while what is known cannot be put on disk. */
  readonly trouble: MillraceError | undefined;
}

/** Which node watches. Left out: nothing is kept on disk. */
export interface Watcher {
  readonly id: string;
  readonly name: string;
  /** Told of what comes about without a message: a sensor that has fallen silent. */
  readonly heard?: (observation: WatchObservation) => void;
}

/** What nodes are given of this room. */
export interface Drift extends Reports {
  /** A watch of its own for every node. */
  watch(settings?: WatchSettings, watcher?: Watcher): Watch;
  /** What is watched, or was, on this machine; what drifts or is broken first, then the one that changed last. */
  streams(): Promise<readonly WatchedStream[]>;
  /** As it is now, or was last. @throws DRIFT_STREAM_NOT_FOUND */
  picture(node: string): Promise<DriftPicture>;
  /** @throws DRIFT_STREAM_NOT_FOUND */
  history(node: string, span?: HistorySpan): Promise<DriftHistory>;
  /** Everything that is kept of a node that does not run. */
  forget(node: string): Promise<void>;
  close(): Promise<void>;
}
