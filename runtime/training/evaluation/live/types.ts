import type { EvaluationReport, ModelIdentity, TruthLabel } from '../../../messages/index.ts';

export interface LiveOptions {
  /** Predictions that may wait for their truth, and truths for their prediction; the oldest is forgotten, and counted. Default 10,000. */
  readonly waiting?: number;
  /** Pairs that are looked at: the newest. Default 10,000. */
  readonly kept?: number;
}

/** A model that is judged while it works. Bounded memory. */
export interface LiveEvaluation {
  /**
   * @param id of the message
   * @param prediction payload of `infer`
   * @param truth where it came with it
   * @throws TRUTH_INVALID if prediction and truth do not go together, TRUTH_WITHOUT_ID if they could never be joined
   */
  predicted(id: string | undefined, prediction: unknown, model: ModelIdentity, truth?: TruthLabel): void;
  /** A truth that comes before its prediction waits for it. @throws TRUTH_INVALID, TRUTH_WITHOUT_ID */
  truth(id: string | undefined, truth: TruthLabel): void;
  /** Of one version: where another takes over, it begins anew. */
  readonly model: ModelIdentity | undefined;
  readonly pairs: number;
  /** Pairs since the beginning. */
  readonly joined: number;
  /** Predictions whose truth has not come. */
  readonly waiting: number;
  /** Predictions or truths that were forgotten before the other half came. */
  readonly forgotten: number;
  /** @param time of the report, ms since the epoch; @returns nothing before the first pair */
  report(time: number): EvaluationReport | undefined;
  reset(): void;
}
