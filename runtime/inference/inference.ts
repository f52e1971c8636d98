import type { Clock } from '../base/index.ts';
import type { ModelPackage } from '../models/package/index.ts';
import { createPredictor, queueLimit } from './create-predictor.ts';
import { createEngine, type Engine } from './engine.ts';
import { errors } from './errors.ts';
import { createModelSession } from './model-session.ts';
import { openModel, type OpenModel } from './open-model.ts';
import type { Predictor } from './predictor.ts';
import type { Tensors, TierName } from './tiers/tier.ts';

export interface InferenceOptions {
  readonly clock: Clock;
  /** Forces a way of running models. Default: MILLRACE_TIER, or else native where it loads and wasm elsewhere. */
  readonly tier?: TierName;
  /** How many requests of one predictor may wait. Default 256. */
  readonly queueLimit?: number;
  /** `here`: models run in this thread, for flows that are tried out one message after the other. Default `own`. */
  readonly thread?: 'own' | 'here';
}

export interface Inference {
  /**
   * Loads the model, or shares it if it is loaded, and re-checks the package's test vectors on this machine.
   *
   * @throws MODEL_INPUT_UNSUPPORTED, MODEL_NOT_LOADED, VECTORS_DISAGREE, TIER_UNAVAILABLE, TIER_UNKNOWN,
   *   INFERENCE_STOPPED, or what onnx-format says of a model that it refuses
   */
  open(pkg: ModelPackage): Promise<Predictor>;
  /**
   * What ONNX Runtime itself answers to raw tensors: the reference that every way of running the model is held to.
   *
   * @throws MODEL_NOT_LOADED, MODEL_RUN_FAILED, TIER_UNAVAILABLE, INFERENCE_STOPPED, or what onnx-format says
   */
  answers(pkg: ModelPackage, asked: readonly Tensors[]): Promise<readonly Tensors[]>;
  /** Ends the worker and every session in it. */
  close(): Promise<void>;
}

/** An open model and how many predictors hold it. */
interface Shared {
  readonly model: Promise<OpenModel>;
  holders: number;
}

/** Predictions from model packages. Costs nothing until the first model is opened. */
export function createInference(options: InferenceOptions): Inference {
  const { clock, tier, queueLimit: limit = queueLimit.value, thread } = options;
  const engine = createEngine(clock, () => tier ?? tierFromEnvironment(), undefined, thread);
  return inferenceOn(engine, clock, limit);
}

/** Shares the sessions of one engine by the digest of their model. */
export function inferenceOn(engine: Engine, clock: Clock, limit: number): Inference {
  const shared = new Map<string, Shared>();

  const letGo = async (digest: string, held: Shared) => {
    held.holders--;
    if (held.holders > 0) return;
    if (shared.get(digest) === held) shared.delete(digest);
    const model = await held.model.catch(() => undefined);
    await model?.session.release();
  };

  return {
    async open(pkg) {
      const { digest } = pkg;
      const held = shared.get(digest) ?? { model: openModel(engine, pkg), holders: 0 };
      shared.set(digest, held);
      held.holders++;
      try {
        return createPredictor(clock, await held.model, limit, () => letGo(digest, held));
      } catch (thrown) {
        await letGo(digest, held);
        throw thrown;
      }
    },
    async answers({ manifest, onnx }, asked) {
      const session = createModelSession(engine, manifest.name, onnx);
      try {
        const answers: Tensors[] = [];
        for (const feeds of asked) answers.push(await session.run(feeds));
        return answers;
      } finally {
        await session.release();
      }
    },
    async close() {
      shared.clear();
      await engine.close();
    },
  };
}

function tierFromEnvironment(): TierName | undefined {
  const tier = process.env['MILLRACE_TIER'];
  if (tier === undefined || tier === '') return undefined;
  if (tier === 'native' || tier === 'wasm') return tier;
  throw errors.TIER_UNKNOWN({ tier });
}
