import type { WindowPayload } from '../messages/index.ts';
import { type Explanation, explainRecipe } from './explain-recipe.ts';
import { createFeatures, type FeatureMaker, type FeatureSource } from './features.ts';
import { createGroom } from './groom/create-groom.ts';
import type { GroomStep } from './groom/schema.ts';
import type { Groom, Origin } from './groom/types.ts';
import { createStreamFilter } from './stream-filter/create-stream-filter.ts';
import type { StreamFilter, StreamFilterSettings } from './stream-filter/settings.ts';
import { createWindow } from './windows/create-window.ts';
import type { WindowAssembler, WindowSettings } from './windows/settings.ts';

import { canonicalJson } from './canonical-json.ts';
import { knownRecipe } from './known-recipes.ts';
import { recipeFor } from './recipe-for.ts';
import type { Block, Recipe } from './schema.ts';

/** What nodes use of this room, as the services hand it over. */
export interface Signal {
  /** @see createWindow */
  window(settings?: Partial<WindowSettings>): WindowAssembler;
  /** @see createStreamFilter */
  filter<M>(settings?: Partial<StreamFilterSettings>): StreamFilter<M>;
  /** @see createGroom */
  groom<O extends Origin>(steps: readonly GroomStep[]): Groom<O>;
  /** @see createFeatures */
  features(source: FeatureSource): FeatureMaker;
  /** @see explainRecipe */
  explain(recipe: Recipe, window: WindowPayload): Explanation;
  /** @see recipeFor */
  recipeFor(window: WindowPayload, blocks: readonly Block[]): Recipe;
  /** @see knownRecipe */
  knownRecipe(digest: string): Recipe | undefined;
  /** As `knownRecipe`, as canonical JSON: what a data set and a package keep of it. */
  knownRecipeText(digest: string): string | undefined;
}

export const signal: Signal = {
  window: createWindow,
  filter: createStreamFilter,
  groom: createGroom,
  features: createFeatures,
  explain: explainRecipe,
  recipeFor,
  knownRecipe,
  knownRecipeText(digest) {
    const recipe = knownRecipe(digest);
    return recipe && canonicalJson(recipe);
  },
};
