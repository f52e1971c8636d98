import type { LearningTask, TruthLabel } from '../../messages/index.ts';

/** What of a data set decides which rows a model is trained on. A `LoadedExamples` is one. */
export interface SplitRows {
  readonly labels: readonly (TruthLabel | null)[];
  /** ms since the epoch, of a window that of its last sample; NaN where it is not known. */
  readonly times: Float64Array;
  readonly groups: readonly string[];
  readonly sources: readonly string[];
}

export type SplitBy = 'group' | 'time' | 'row';

export interface SplitOptions {
  /** `auto`: groups if every label has several, else time where rows have one, else row. */
  readonly by: 'auto' | SplitBy;
  /** Share of the rows that is tested on, 0 to 1. */
  readonly share: number;
  readonly seed: number;
  /** Labels of a classification are spread over the parts; those of other tasks are not looked at. */
  readonly task: LearningTask;
  /** ms that an example covers: of a window its samples. 0: not known. */
  readonly span: number;
}

export interface Split {
  readonly by: SplitBy;
  /** Indices of rows, ascending. */
  readonly train: Int32Array;
  readonly test: Int32Array;
  /** In neither part: they share samples with a row of the test. */
  readonly left: Int32Array;
  /** One sentence: what the model is tested on. */
  readonly words: string;
}
