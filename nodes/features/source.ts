import type { MillraceError } from '../../runtime/base/index.ts';
import type { FeatureSource, Recipe } from '../../runtime/signal/index.ts';

/** What of a model package is needed here. */
export interface Model {
  readonly manifest: { readonly name: string; readonly recipe?: Recipe | undefined };
}

/** A hold on a model: nothing, and why, where it is not there yet. */
export interface Chosen {
  readonly current: Model | undefined;
  readonly awaited: MillraceError | undefined;
}

interface Settings {
  readonly from: 'model' | 'own';
  readonly blocks: Recipe['blocks'];
}

/**
 * Where the recipe comes from, as the settings say.
 *
 * @param shared the model that was chosen; nothing for the example
 * @throws MODEL_NOT_FOUND, MODEL_AWAITED
 */
export async function sourceOf(
  { from, blocks }: Settings,
  models: { resolve(reference: string): Promise<Model> },
  shared: () => Promise<Chosen | undefined>,
): Promise<FeatureSource> {
  if (from === 'own') return { blocks };
  const chosen = await shared();
  if (chosen?.awaited) throw chosen.awaited;
  const { name, recipe } = (chosen?.current ?? (await models.resolve(''))).manifest;
  return { model: { name, recipe }, ...(!chosen && { otherwise: 'standard' }) };
}
