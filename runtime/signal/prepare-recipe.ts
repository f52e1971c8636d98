import type { WindowPayload } from '../messages/index.ts';
import { allFinite } from '../numerics/index.ts';
import { errors } from './errors.ts';
import { rememberRecipe } from './known-recipes.ts';
import { recipeDigest } from './recipe-digest.ts';
import { recipeParts } from './recipe-parts.ts';
import type { Recipe } from './schema.ts';

/** A recipe with its tables made. It runs one window at a time. */
export interface PreparedRecipe {
  readonly recipe: Recipe;
  readonly digest: string;
  readonly featureNames: readonly string[];
  /** What its columns, its tables and its scratch hold. */
  readonly bytes: number;
  /**
   * Computes the features of a window, in the order of `featureNames`. Channels are found by name; those that the
   * recipe does not use are ignored. The same windows give the same bytes on every machine; so does the same window by
   * itself, unless a block carries its state from the window before.
   *
   * @throws WINDOW_CHANNELS_MISSING, WINDOW_LENGTH_WRONG, WINDOW_RATE_WRONG, WINDOW_VALUE_INVALID, FEATURE_INVALID
   */
  run(window: WindowPayload): Float64Array;
}

/**
 * Checks a recipe and makes its tables.
 *
 * @throws RECIPE_INVALID naming the place
 */
export function prepareRecipe(given: Recipe): PreparedRecipe {
  const { recipe, blocks, featureNames, columns, bytes, load } = recipeParts(given);
  if (featureNames.length === 0) {
    const problem = 'none of them makes a feature; end with one that describes the signal, such as "statistics"';
    throw errors.RECIPE_INVALID({ path: 'blocks', problem });
  }
  const digest = recipeDigest(recipe);
  rememberRecipe(digest, recipe);
  return {
    ...{ recipe, digest, featureNames, bytes },
    run(window) {
      const step = load(window);
      const features = new Float64Array(featureNames.length);
      let at = 0;
      for (const block of blocks) {
        block.run(columns, features, at, step);
        at += block.names.length;
      }
      if (allFinite(features)) return features;
      const index = features.findIndex((value) => !Number.isFinite(value));
      throw errors.FEATURE_INVALID({ feature: featureNames[index] ?? '', value: features[index] ?? NaN });
    },
  };
}
