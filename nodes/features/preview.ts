import { type RecipePreview, windowPayload, type WindowPayload } from '../../runtime/messages/index.ts';
import type { PreviewParts } from '../../runtime/node-red/index.ts';
import type { FeatureSource, Recipe, Signal } from '../../runtime/signal/index.ts';
import { exampleWindow, underNames } from './example-window.ts';
import type { Seen } from './newest.ts';
import { type Chosen, sourceOf } from './source.ts';

interface Draft {
  readonly from: 'model' | 'own';
  readonly model: string;
  readonly blocks: Recipe['blocks'];
}

/**
 * What the recipe of the dialog makes of the newest window that the deployed node has seen, or of an example.
 *
 * @throws RECIPE_INVALID and the like, MODEL_NOT_FOUND, MODEL_AWAITED, CONFIG_NODE_MISSING
 */
export async function previewOf(draft: Draft, { services, behaviour, shared }: PreviewParts): Promise<RecipePreview> {
  const { models, recordings, signal } = services;
  const source = await sourceOf(draft, models, () => shared<Chosen>(draft.model));
  const seen = behaviour?.seen?.() as Seen | undefined;
  const live = windowOf(seen?.window);
  const window = live ?? underNames(await exampleWindow(recordings), namesIn(source));
  // A rate that is an estimate wanders a little: the deployed node holds to the one that it began with.
  const recipe = recipeOf(signal, source, { ...window, rate: (live && seen?.rate) ?? window.rate });
  const { blocks, ...explained } = signal.explain(recipe, window);
  const about = live && seen ? { age: seen.age, ...(seen.every !== undefined && { every: seen.every }) } : {};
  return {
    source: live ? 'live' : 'example',
    ...about,
    ...explained,
    blocks: blocks.map((block, index) => ({ ...block, block: { type: block.type, ...recipe.blocks[index] } })),
  };
}

/** The channels that one's own blocks name. */
const namesIn = (source: FeatureSource): string[] =>
  'blocks' in source ? [...new Set(source.blocks.flatMap(({ channels }) => channels))] : [];

/** A recipe without a block that makes features can be looked at; it cannot be deployed. */
const recipeOf = (signal: Signal, source: FeatureSource, window: WindowPayload): Recipe =>
  'blocks' in source ? signal.recipeFor(window, source.blocks) : signal.features(source).run(window).recipe.recipe;

function windowOf(seen: unknown): WindowPayload | undefined {
  const whole = windowPayload.safeParse(seen);
  if (whole.success) return whole.data;
  // A function node's typed arrays come from another realm.
  const data = typeof seen === 'object' && seen !== null && 'data' in seen ? seen.data : undefined;
  if (!ArrayBuffer.isView(data) || data instanceof DataView) return undefined;
  const own = Float32Array.from(data as unknown as ArrayLike<number>);
  return windowPayload.safeParse({ ...(seen as object), data: own }).data;
}
