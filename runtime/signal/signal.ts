import type { WindowPayload } from '../messages/index.ts';
import { prepareRecipe, type PreparedRecipe } from './prepare-recipe.ts';
import type { Recipe } from './schema.ts';
import { standardRecipe } from './standard-recipe.ts';
import { createWindow, type WindowAssembler, type WindowSettings } from './window.ts';

/** What nodes use of this room, as the services hand it over. */
export interface Signal {
  /** @see createWindow */
  window(settings?: Partial<WindowSettings>): WindowAssembler;
  /**
   * @see prepareRecipe
   * @throws RECIPE_INVALID
   */
  recipe(recipe: Recipe): PreparedRecipe;
  /** @see standardRecipe */
  standardRecipe(window: WindowPayload): Recipe;
}

export const signal: Signal = { window: createWindow, recipe: prepareRecipe, standardRecipe };
