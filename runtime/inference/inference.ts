import type { Clock } from '../base/index.ts';
import type { ModelPackage } from '../models/package/index.ts';
import type { Predictor } from './predictor.ts';
import type { TierName } from './tiers/tier.ts';

export interface InferenceOptions {
  readonly clock: Clock;
  /** Forces a way of running models. Default: MILLRACE_TIER, or else native where it loads and wasm elsewhere. */
  readonly tier?: TierName;
  /** How many requests of one predictor may wait. */
  readonly queueLimit?: number;
}

export interface Inference {
  /**
   * Loads the model, or shares it if it is loaded, and re-checks the package's test vectors on this machine.
   *
   * @throws MODEL_NOT_LOADED, VECTORS_DISAGREE, TIER_UNAVAILABLE, or what onnx-format says of a model it refuses
   */
  open(pkg: ModelPackage): Promise<Predictor>;
  /** Ends the worker and every session in it. */
  close(): Promise<void>;
}

export declare function createInference(options: InferenceOptions): Inference;
