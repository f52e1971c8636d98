import type { WindowPayload } from '../messages/index.ts';
import { prepareBlock } from './blocks/catalogue.ts';
import { errors } from './errors.ts';
import { recipeDigest } from './recipe-digest.ts';
import { type Recipe, recipe as recipeSchema } from './schema.ts';
import { createSteps } from './step.ts';

/** A recipe with its tables made. It runs one window at a time. */
export interface PreparedRecipe {
  readonly recipe: Recipe;
  readonly digest: string;
  readonly featureNames: readonly string[];
  /**
   * Computes the features of a window, in the order of `featureNames`. Channels are found by name; those that the
   * recipe does not use are ignored. The same window gives the same bytes on every machine.
   *
   * @throws WINDOW_CHANNELS_MISSING, WINDOW_LENGTH_WRONG, WINDOW_RATE_WRONG, WINDOW_VALUE_INVALID
   */
  run(window: WindowPayload): Float64Array;
}

/** How far a window's rate may lie from the recipe's: what a busy board's timer is off, but no other setting. */
export const RATE_TOLERANCE = 0.1;

/**
 * Checks a recipe and makes its tables.
 *
 * @throws RECIPE_INVALID naming the place
 */
export function prepareRecipe(given: Recipe): PreparedRecipe {
  const parsed = recipeSchema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.map(String).join('.') ?? '';
    throw errors.RECIPE_INVALID({ path, problem: issue?.message ?? 'not understood' });
  }
  const recipe = parsed.data;
  const blocks = recipe.blocks.map((block, index) => prepareBlock(block, recipe, `blocks.${index}`));
  const featureNames = blocks.flatMap((block) => block.names);
  const twice = featureNames.find((name, index) => featureNames.indexOf(name) !== index);
  if (twice !== undefined) throw errors.RECIPE_INVALID({ path: 'blocks', problem: `two blocks make "${twice}"` });

  const used = [...new Set(recipe.blocks.flatMap((block) => block.channels))];
  const columns = new Map(used.map((channel) => [channel, new Float64Array(recipe.length)]));

  const steps = createSteps(recipe.length);

  return {
    recipe,
    digest: recipeDigest(recipe),
    featureNames,
    run(window) {
      fill(columns, window, recipe);
      const step = steps(window);
      const features = new Float64Array(featureNames.length);
      let at = 0;
      for (const block of blocks) {
        block.run(columns, features, at, step);
        at += block.names.length;
      }
      return features;
    },
  };
}

function fill(columns: ReadonlyMap<string, Float64Array>, window: WindowPayload, recipe: Recipe): void {
  const { channels, data, rate, shape } = window;
  const missing = [...columns.keys()].filter((channel) => !channels.includes(channel));
  if (missing.length > 0) throw errors.WINDOW_CHANNELS_MISSING({ missing, found: channels });
  if (shape[0] !== recipe.length) throw errors.WINDOW_LENGTH_WRONG({ expected: recipe.length, found: shape[0] });
  if (!(Math.abs(rate - recipe.rate) <= RATE_TOLERANCE * recipe.rate)) {
    throw errors.WINDOW_RATE_WRONG({ expected: recipe.rate, found: rate });
  }
  for (const [channel, column] of columns) {
    let at = channels.indexOf(channel);
    for (let sample = 0; sample < column.length; sample++, at += channels.length) {
      const value = data[at] ?? NaN;
      if (!Number.isFinite(value)) throw errors.WINDOW_VALUE_INVALID({ channel, sample, value });
      // A window that came as a plain array gives the same bytes as one that came typed.
      column[sample] = Math.fround(value);
    }
  }
}
