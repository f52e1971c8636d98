import type { DriftFeature, DriftPicture, FalseAlarms, PredictionPayload, TruthLabel } from '../../messages/index.ts';
import type { Observation } from '../types.ts';

export interface PerformanceOptions {
  /** Share of right answers of a classifier on held-out data, and of how many rows. Left out: that of the first truths. */
  readonly heldOut?: { readonly accuracy: number; readonly rows?: number };
  /** How often the model was right where it was so sure, on held-out data. Left out: its confidence is believed. */
  readonly calibration?: readonly CalibrationBin[];
  /** Confidence of its answers to its own reference rows, oldest first. Left out: that of the first predictions. */
  readonly confidences?: ArrayLike<number>;
  /** How many of the newest answers are looked at. Default 60. */
  readonly window?: number;
  /** Answers that make the reference where there is no other. Default 300, at least five windows. */
  readonly learn?: number;
  /** At most one false alarm in such a time, by the rate of the answers; or in so many windows. Default `month`. */
  readonly falseAlarms?: FalseAlarms | { readonly windows: number };
  /** How much of that wish is this question's: three questions share it. Default 1. */
  readonly share?: number;
  /** What `save` gave: goes on exactly there, if the settings are the same. */
  readonly saved?: unknown;
}

/** Of the answers that were about so sure: how sure, how often right, and how many. */
export interface CalibrationBin {
  readonly confidence: number;
  readonly accuracy: number;
  readonly rows: number;
}

/**
 * How right the answers of one model are: measured where true labels come, estimated from calibrated confidence where
 * none do. Its features are `accuracy` (statistic `error rate`) or `absolute error` (statistic `mean absolute error`),
 * and `estimated accuracy` (statistic `estimated error rate`): of each a value above its threshold is drift. Of bounded
 * size.
 */
export interface PerformanceWatch {
  /**
   * Takes an answer of the model.
   *
   * @param id    of the message; an answer without one can only be judged by a truth that comes with it
   * @param time  when it was measured, ms since the epoch
   * @param truth where it came with it
   * @returns undefined unless it led to an evaluation; the event's kind is `performance`
   */
  predicted(
    id: string | undefined,
    prediction: PredictionPayload,
    time: number,
    truth?: TruthLabel,
  ): Observation | undefined;
  /** Takes a true label or value, which may come before its answer. What cannot be joined or used is counted. */
  truth(id: string | undefined, truth: TruthLabel, time: number): Observation | undefined;
  /** As of the last evaluation: of each that has a threshold already. */
  readonly features: readonly DriftFeature[];
  /** Measured and estimated share of right answers, of a classifier. */
  readonly figures: DriftPicture['performance'];
  /** Truths and answers that found no other half, or do not go together. */
  readonly counts: DriftPicture['counts'];
  /** Everything it knows, as plain JSON. */
  save(): unknown;
}
