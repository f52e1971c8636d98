import type { MillraceError } from '../base/index.ts';
import type { Explanation, FeaturesPayload, ModelIdentity, PredictionPayload } from '../messages/index.ts';
import type { TierName } from './tiers/tier.ts';

export interface Prediction {
  /** One a row where a batch came. With `raw`, `outputs` are the model's own tensors, as type, shape and data. */
  readonly payload: PredictionPayload | readonly PredictionPayload[];
  /** What the model was asked, by name, in the model's order; one a row of a batch; nothing where no features have names. */
  readonly features: FeaturesPayload | readonly FeaturesPayload[] | undefined;
  /** From the request to the answer, waiting included. */
  readonly latencyMs: number;
}

/** What becomes of questions that come faster than they are answered. */
export const QUEUE_POLICIES = ['refuse', 'drop-oldest', 'drop-newest'] as const;
export type QueuePolicy = (typeof QUEUE_POLICIES)[number];

export interface PredictorOptions {
  /** Default `refuse`. */
  readonly policy?: QueuePolicy;
  /** How many questions may wait. */
  readonly queueLimit?: number;
  /** Answers `outputs` with the model's own tensors instead of predictions. */
  readonly raw?: boolean;
  /** Runs it this way, whatever is quicker. */
  readonly tier?: TierName;
  /** What it answers is no prediction of a flow, such as what a reference is asked for. */
  readonly uncounted?: true;
}

/** One user's hold on a loaded model. Every `open` of the same digest shares one session. */
export interface Predictor {
  readonly model: ModelIdentity;
  /** In the order of the model's input; none where its features have no names. */
  readonly featureNames: readonly string[];
  /** Digest of the recipe that makes the model's features from a window, where it has one. */
  readonly recipe: string | undefined;
  /** What runs the model on this machine. */
  readonly tier: TierName;
  /** Why that tier was chosen, in words. */
  readonly why: string;
  /** µs for one row by tier, where they were measured. */
  readonly microseconds: Readonly<Partial<Record<TierName, number>>>;
  /** Questions that were dropped because too many waited. */
  readonly dropped: number;
  /**
   * Answers in the order of asking: at once where the model runs in this thread and nothing waits.
   *
   * @param input whatever is natural for the model: features by name or in order, a window, a picture, a text, tensors, or an
   *   array of these
   * @returns nothing if the question was dropped, as the policy wants it
   * @throws as `predict`
   */
  ask(input: unknown): Prediction | Promise<Prediction | undefined>;
  /**
   * As `ask`; what is dropped is refused.
   *
   * @throws MODEL_INPUT_… for a wrong input; QUEUE_FULL when too many requests wait; INFERENCE_CLOSED; INFERENCE_STOPPED when
   *   the worker died under it
   */
  predict(input: unknown): Promise<Prediction>;
  /**
   * How much each feature moved the prediction.
   *
   * @param input one question
   * @throws EXPLANATION_UNAVAILABLE for a model whose features have no names; as `predict`
   */
  explain(input: unknown): Promise<Explanation>;
  /**
   * Of features that say by which recipe they were made: RECIPE_DIFFERS, if it is not the model's. Their names fit, or they
   * would be refused; what they mean may not.
   *
   * @param made digest of a recipe; nothing is said of features that name none
   */
  doubt(made: unknown): MillraceError | undefined;
  /** Answers what was asked, then lets go of the session. Harmless when repeated. */
  close(): Promise<void>;
}
