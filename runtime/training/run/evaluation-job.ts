import type { Comparison, Evaluation } from '../../messages/index.ts';

/** A model that is to be measured. */
export interface Measured {
  /** Of its package. */
  readonly directory: string;
  /** Ids of the examples of this data set that it has learnt from, where this machine knows them. */
  readonly learnt?: Int32Array;
}

/** What an evaluation process is asked to do. Plain data: it crosses processes. */
export interface EvaluationJob {
  readonly kind: 'evaluate';
  readonly dataSets: { readonly own: string; readonly shipped: readonly string[] };
  readonly dataSet: string;
  readonly champion: Measured;
  readonly challenger?: Measured;
}

export interface EvaluationOutcome {
  readonly words: string;
  readonly champion: Evaluation;
  readonly challenger?: { readonly evaluation: Evaluation; readonly comparison: Comparison };
}
