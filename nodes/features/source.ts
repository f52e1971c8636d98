import type { FeatureSource, Recipe } from '../../runtime/signal/index.ts';

/** What of a model package is needed here. */
export interface Model {
  readonly manifest: { readonly name: string; readonly recipe?: Recipe | undefined };
}

interface Settings {
  readonly from: 'model' | 'own';
  readonly blocks: Recipe['blocks'];
}

/**
 * Where the recipe comes from, as the settings say.
 *
 * @param shared the model that was chosen; nothing for the example
 * @throws MODEL_NOT_FOUND
 */
export async function sourceOf(
  { from, blocks }: Settings,
  models: { resolve(reference: string): Promise<Model> },
  shared: () => Promise<{ readonly current: Model } | undefined>,
): Promise<FeatureSource> {
  if (from === 'own') return { blocks };
  const chosen = await shared();
  const { name, recipe } = (chosen?.current ?? (await models.resolve(''))).manifest;
  return { model: { name, recipe }, ...(!chosen && { otherwise: 'standard' }) };
}
