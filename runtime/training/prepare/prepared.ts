import type { Finding, LearningTask } from '../../messages/index.ts';
import type { Recipe } from '../../signal/index.ts';
import type { TrainingSet } from '../fit/training-set.ts';

/** Which examples the rows are: the same rows in every form. */
export interface Rows {
  readonly rows: number;
  /** Of the examples in their data set. */
  readonly ids: Int32Array;
  readonly groups: readonly string[];
  /** ms since the epoch; NaN where it is not known. */
  readonly times: Float64Array;
  readonly sources: readonly string[];
  /** ms that an example covers; 0: not known. */
  readonly span: number;
  /** What a split spreads over its parts: the class of a row; of an anomaly, whether it is one; of a regression nothing. */
  readonly strata: Int32Array;
}

/** Examples as trainers take them: every number finite, every row with what is to be learnt. */
export interface Prepared extends Rows {
  readonly task: LearningTask;
  /** Rows of features: those that were collected, or what the recipe made of windows, or what an embedding answered. */
  readonly features?: TrainingSet;
  /** The samples themselves, of windows. */
  readonly windows?: TrainingSet;
  /** Makes the features of a window; the model will carry it. */
  readonly recipe?: Recipe;
  /** Of an anomaly: 1 a row that is known not to be normal. It is tested on, never learnt from. */
  readonly anomalous: Uint8Array;
  /** What was left out, and why. */
  readonly findings: readonly Finding[];
}
