/** What a model answered to rows whose truth is known. */
interface AnsweredRows {
  readonly rows: number;
  /** Of the examples in their data set. */
  readonly ids: ArrayLike<number>;
  /** One a row: rows of one group resemble each other, so that intervals count groups and not rows. */
  readonly groups: readonly string[];
}

export interface AnsweredClasses extends AnsweredRows {
  readonly task: 'classification';
  readonly classes: readonly string[];
  /** Index into `classes`, one a row. */
  readonly actual: Int32Array;
  /** rows × classes, row-major: probabilities. */
  readonly scores: Float64Array;
}

export interface AnsweredValues extends AnsweredRows {
  readonly task: 'regression';
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
}

export interface AnsweredAnomalies extends AnsweredRows {
  readonly task: 'anomaly';
  /** The stranger the higher. */
  readonly scores: Float64Array;
  readonly threshold: number;
  /** 1: a row that is known to be anomalous; 0: it was taken for normal. */
  readonly anomalous: Uint8Array;
}

export type Answered = AnsweredClasses | AnsweredValues | AnsweredAnomalies;
