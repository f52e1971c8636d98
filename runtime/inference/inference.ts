import type { Clock } from '../base/index.ts';
import type { ModelHold, ModelPackage } from '../models/package/index.ts';
import { type KnownModels, tryFirst, type Way } from './choose-way.ts';
import { compileModel } from './compile-model.ts';
import { createPredictor } from './create-predictor.ts';
import { createEngine, type Engine } from './engine.ts';
import { errors } from './errors.ts';
import { followModel, type FollowingPredictor, type FollowOptions } from './follow.ts';
import { createModelSession } from './model-session.ts';
import { openModel, type OpenModel } from './open-model.ts';
import type { Predictor, PredictorOptions } from './predictor.ts';
import { createShadow, type Shadow } from './shadow.ts';
import { isTierName, type Tensors, type TierName } from './tiers/tier.ts';

export interface InferenceOptions {
  readonly clock: Clock;
  /** Forces a way of running models. Default: MILLRACE_TIER, or else what suits each model on this machine. */
  readonly tier?: TierName;
  /** How many requests of one predictor may wait. Default 256. */
  readonly queueLimit?: number;
  /** `here`: models run in this thread, for flows that are tried out one message after the other. Default `own`. */
  readonly thread?: 'own' | 'here';
  /** Where what is measured of a model is kept. Default: in memory. */
  readonly known?: KnownModels;
}

export interface Inference {
  /**
   * Loads the model, or shares it if it is loaded, and re-checks the package's test vectors on this machine. A model that
   * this machine has never given to ONNX Runtime is first loaded in a child process.
   *
   * @throws MODEL_INPUT_UNSUPPORTED, MODEL_NOT_LOADED, MODEL_ENDS_PROCESS, VECTORS_DISAGREE, TIER_UNAVAILABLE, TIER_UNKNOWN,
   *   TIER_UNSUITABLE, INFERENCE_STOPPED, or what onnx-format says of a model that it refuses
   */
  open(pkg: ModelPackage, options?: PredictorOptions): Promise<Predictor>;
  /**
   * As `open`, and changes over when the hold means another version: the new one is loaded beside the old one, which answers
   * until then. No question is lost.
   */
  follow(hold: ModelHold, options?: FollowOptions): Promise<FollowingPredictor>;
  /** A candidate that is asked what another model is asked, to be compared with it. @throws as `open` does */
  shadow(pkg: ModelPackage): Promise<Shadow>;
  /**
   * What ONNX Runtime itself answers to raw tensors: the reference that every way of running the model is held to.
   *
   * @throws MODEL_NOT_LOADED, MODEL_ENDS_PROCESS, MODEL_RUN_FAILED, TIER_UNAVAILABLE, INFERENCE_STOPPED, or what onnx-format says
   */
  answers(pkg: ModelPackage, asked: readonly Tensors[]): Promise<readonly Tensors[]>;
  /** Whether the model can do without ONNX Runtime. @throws what onnx-format says of a model that it refuses */
  compiles(pkg: ModelPackage): Promise<boolean>;
  /** Ends the worker and every session in it. */
  close(): Promise<void>;
}

/** Predictions from model packages. Costs nothing until the first model is opened. */
export function createInference(options: InferenceOptions): Inference {
  const { clock, tier, thread = 'own', known, queueLimit } = options;
  const forced = () => tier ?? tierFromEnvironment();
  const native = () => (forced() === 'compiled' ? undefined : forced());
  const engine = createEngine(clock, native, undefined, thread);
  return inferenceOn(engine, clock, {
    tier: forced,
    cautious: thread === 'own',
    ...(known && { known }),
    ...(queueLimit !== undefined && { queueLimit }),
  });
}

/** An open model and how many predictors hold it. */
interface Shared {
  readonly model: Promise<OpenModel>;
  holders: number;
}

interface EngineOptions {
  readonly tier?: () => TierName | undefined;
  readonly known?: KnownModels;
  readonly cautious?: boolean;
  readonly queueLimit?: number;
}

/** Shares open models by their digest. */
export function inferenceOn(
  engine: Engine,
  clock: Clock,
  { tier, known = inMemory(), cautious = false, queueLimit }: EngineOptions = {},
): Inference {
  const shared = new Map<string, Shared>();
  const tried = new Set<string>();
  const measured: Way['measured'] = new Map();
  const wayFor = (wanted: TierName | undefined): Way => ({
    engine,
    known,
    tried,
    measured,
    cautious,
    now: () => clock.now(),
    forced: wanted ?? tier?.(),
  });

  const letGo = async (key: string, held: Shared) => {
    held.holders--;
    if (held.holders > 0) return;
    if (shared.get(key) === held) shared.delete(key);
    const model = await held.model.catch(() => undefined);
    await model?.running.release();
  };

  const inference: Inference = {
    async open(pkg, options = {}) {
      const key = `${pkg.digest} ${options.tier ?? ''}`;
      const held = shared.get(key) ?? { model: openModel(pkg, wayFor(options.tier)), holders: 0 };
      shared.set(key, held);
      held.holders++;
      try {
        const own = { ...(queueLimit !== undefined && { queueLimit }), ...options };
        return createPredictor(clock, await held.model, own, () => letGo(key, held));
      } catch (thrown) {
        await letGo(key, held);
        throw thrown;
      }
    },
    follow: (hold, options = {}) => followModel(inference, hold, options),
    shadow: async (pkg) => createShadow(await inference.open(pkg, { policy: 'drop-newest', queueLimit: SHADOW_QUEUE })),
    async answers(pkg, asked) {
      await tryFirst(pkg, wayFor(undefined));
      const session = createModelSession(engine, pkg.manifest.name, pkg.onnx);
      try {
        const answers: Tensors[] = [];
        for (const feeds of asked) answers.push(await session.run(feeds));
        return answers;
      } finally {
        await session.release();
      }
    },
    compiles: async (pkg) => 'compiled' in (await compileModel(pkg)),
    async close() {
      shared.clear();
      await engine.close();
    },
  };
  return inference;
}

/** A candidate that is too slow is compared on fewer questions. */
const SHADOW_QUEUE = 16;

function inMemory(): KnownModels {
  const kept = new Map<string, Awaited<ReturnType<KnownModels['facts']>>>();
  return {
    facts: (digest) => Promise.resolve(kept.get(digest)),
    keepFacts(digest, facts) {
      kept.set(digest, facts);
      return Promise.resolve();
    },
  };
}

function tierFromEnvironment(): TierName | undefined {
  const tier = process.env['MILLRACE_TIER'];
  if (tier === undefined || tier === '') return undefined;
  if (isTierName(tier)) return tier;
  throw errors.TIER_UNKNOWN({ tier });
}
