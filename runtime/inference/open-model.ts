import type { Manifest, ModelPackage } from '../models/package/index.ts';
import { prepareRecipe } from '../signal/index.ts';
import { checkVectors } from './check-vectors.ts';
import type { Engine } from './engine.ts';
import { errors } from './errors.ts';
import type { InputModel } from './input.ts';
import { createModelSession, type ModelSession } from './model-session.ts';
import type { PlainTensor, TierName } from './tiers/tier.ts';

/** A model that is loaded and has given the answers that its package promises. */
export interface OpenModel {
  readonly pkg: ModelPackage;
  readonly tier: TierName;
  readonly why: string;
  readonly input: InputModel;
  readonly session: ModelSession;
  /** One row of features as the model's input. */
  feed(features: Float64Array): Readonly<Record<string, PlainTensor>>;
}

/**
 * @throws MODEL_INPUT_UNSUPPORTED, MODEL_NOT_LOADED, TIER_UNAVAILABLE, VECTORS_DISAGREE, INFERENCE_STOPPED, or what
 *   onnx-format says of a model that it refuses
 */
export async function openModel(engine: Engine, pkg: ModelPackage): Promise<OpenModel> {
  const { manifest } = pkg;
  const { input, name, dims } = rowInput(manifest);
  const session = createModelSession(engine, manifest.name, pkg.onnx);
  try {
    const { tier, why } = await session.load();
    await checkVectors(manifest, tier, (feeds) => session.run(feeds));
    const feed = (row: Float64Array) => ({ [name]: { type: 'float32', dims, data: Float32Array.from(row) } });
    return { pkg, tier, why, input, session, feed };
  } catch (thrown) {
    await session.release();
    throw thrown;
  }
}

/** The one input of a model that takes a row of features. */
function rowInput(manifest: Manifest): { input: InputModel; name: string; dims: readonly number[] } {
  const recipe = manifest.recipe && prepareRecipe(manifest.recipe);
  const [first] = manifest.inputs;
  // A free dimension is the number of rows: one.
  const dims = first?.shape.map((size) => (typeof size === 'number' && size > 0 ? size : 1)) ?? [];
  const featureNames = first?.features ?? recipe?.featureNames ?? [];
  const values = dims.reduce((product, size) => product * size, 1);
  const suitable = manifest.inputs.length === 1 && first?.type === 'float32' && values === featureNames.length;
  if (!suitable) {
    const inputs = manifest.inputs.map(({ name, type, shape, features }) => {
      return `"${name}" (${type} [${shape.join(', ')}], ${features?.length ?? 0} features named)`;
    });
    throw errors.MODEL_INPUT_UNSUPPORTED({ model: manifest.name, inputs: inputs.join(' and ') });
  }
  return { input: { name: manifest.name, featureNames }, name: first.name, dims };
}
