import type { FeaturesPayload, WindowPayload } from '../messages/index.ts';
import { errors } from './errors.ts';
import { parseWindow } from './parse-window.ts';
import { type PreparedRecipe, prepareRecipe } from './prepare-recipe.ts';
import { RATE_TOLERANCE } from './recipe-columns.ts';
import { recipeFor, STANDARD_BLOCKS } from './recipe-for.ts';
import type { Block, Recipe } from './schema.ts';

/** Where the recipe comes from. */
export type FeatureSource =
  /** A model's own. With `otherwise: 'standard'`, windows that lack its channels get the standard statistics. */
  | { readonly model: { readonly name: string; readonly recipe: Recipe | undefined }; readonly otherwise?: 'standard' }
  /** Blocks for whatever windows come; one without channels is for all of them. */
  | { readonly blocks: readonly Block[] };

/** What features a window gave, and by which recipe. */
export interface Features {
  /** By name, in recipe order. */
  readonly payload: FeaturesPayload;
  readonly recipe: PreparedRecipe;
}

/** Turns windows into features. It holds one recipe of the model's and one of its own making. */
export interface FeatureMaker {
  /**
   * @param payload a window, as the message contract has it
   * @throws WINDOW_INVALID, WINDOW_CHANNELS_MISSING, WINDOW_LENGTH_WRONG, WINDOW_RATE_WRONG, WINDOW_VALUE_INVALID,
   *   RECIPE_INVALID
   */
  run(payload: unknown): Features;
}

/** @throws RECIPE_MISSING if the model brings no recipe, RECIPE_INVALID */
export function createFeatures(source: FeatureSource): FeatureMaker {
  const blocks = 'blocks' in source ? source.blocks : STANDARD_BLOCKS;
  const ofModel = 'model' in source ? recipeOf(source.model) : undefined;
  const strict = 'model' in source && source.otherwise === undefined;
  let made: PreparedRecipe | undefined;

  const forWindow = (window: WindowPayload): PreparedRecipe => {
    if (ofModel && (strict || ofModel.recipe.channels.every((channel) => window.channels.includes(channel)))) {
      return ofModel;
    }
    if (!made || !fits(made.recipe, window)) made = prepareRecipe(recipeFor(window, blocks));
    return made;
  };

  return {
    run(payload) {
      const window = parseWindow(payload);
      const recipe = forWindow(window);
      const values = recipe.run(window);
      return {
        payload: Object.fromEntries(recipe.featureNames.map((name, index) => [name, values[index] as number])),
        recipe,
      };
    },
  };
}

function recipeOf({ name, recipe }: { readonly name: string; readonly recipe: Recipe | undefined }): PreparedRecipe {
  if (!recipe) throw errors.RECIPE_MISSING({ model: name });
  return prepareRecipe(recipe);
}

function fits({ channels, length, rate }: Recipe, window: WindowPayload): boolean {
  const sameChannels = channels.length === window.channels.length && channels.every((c) => window.channels.includes(c));
  return sameChannels && length === window.shape[0] && Math.abs(window.rate - rate) <= RATE_TOLERANCE * rate;
}
