import type { MillraceError } from '../base/index.ts';
import type { FeaturesPayload, ModelIdentity, PredictionPayload } from '../messages/index.ts';
import type { TierName } from './tiers/tier.ts';

export interface Prediction {
  readonly payload: PredictionPayload;
  /** What the model was asked, by name, in the model's order. */
  readonly features: FeaturesPayload;
  /** From the request to the answer, waiting included. */
  readonly latencyMs: number;
}

/** One user's hold on a loaded model. Every `open` of the same digest shares one session. */
export interface Predictor {
  readonly model: ModelIdentity;
  /** In the order of the model's input. */
  readonly featureNames: readonly string[];
  /** Digest of the recipe that makes the model's features from a window, where it has one. */
  readonly recipe: string | undefined;
  /** What runs the model on this machine. */
  readonly tier: TierName;
  /** Why that tier was chosen, in words. */
  readonly why: string;
  /**
   * Answers in the order of asking.
   *
   * @param input features by name in any order, an array of numbers in the model's order, or a window
   * @throws MODEL_INPUT_MISMATCH, MODEL_INPUT_TYPE, MODEL_INPUT_NOT_FINITE, MODEL_WITHOUT_RECIPE for a wrong input;
   *   QUEUE_FULL when too many requests wait; INFERENCE_CLOSED; INFERENCE_STOPPED when the worker died under it
   */
  predict(input: unknown): Promise<Prediction>;
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
