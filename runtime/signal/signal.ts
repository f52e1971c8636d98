import type { WindowPayload } from '../messages/index.ts';
import { type Explanation, explainRecipe } from './explain-recipe.ts';
import { createFeatures, type FeatureMaker, type FeatureSource } from './features.ts';
import { createWindow } from './windows/create-window.ts';
import type { WindowAssembler, WindowSettings } from './windows/settings.ts';

import { recipeFor } from './recipe-for.ts';
import type { Block, Recipe } from './schema.ts';

/** What nodes use of this room, as the services hand it over. */
export interface Signal {
  /** @see createWindow */
  window(settings?: Partial<WindowSettings>): WindowAssembler;
  /** @see createFeatures */
  features(source: FeatureSource): FeatureMaker;
  /** @see explainRecipe */
  explain(recipe: Recipe, window: WindowPayload): Explanation;
  /** @see recipeFor */
  recipeFor(window: WindowPayload, blocks: readonly Block[]): Recipe;
}

export const signal: Signal = { window: createWindow, features: createFeatures, explain: explainRecipe, recipeFor };
