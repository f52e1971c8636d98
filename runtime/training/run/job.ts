import type { TrainingChoices, TrainingReport } from '../../messages/index.ts';

/** What a training process is asked to do. Plain data: it crosses processes. */
export interface TrainingJob {
  readonly kind: 'train';
  readonly dataSets: { readonly own: string; readonly shipped: readonly string[] };
  readonly dataSet: string;
  /** Name of the model and the version that is made. */
  readonly model: string;
  readonly version: string;
  /** Digest of the version before. */
  readonly parent?: string;
  readonly choices: TrainingChoices;
  /** Directory of the package whose output is the input of what is trained. */
  readonly embedding?: string;
  /** Where the package is written. */
  readonly staging: string;
}

export interface TrainingOutcome {
  readonly report: TrainingReport;
  /** Ids of the examples that the model has learnt from. */
  readonly learnt: Int32Array;
}
