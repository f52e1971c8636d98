import { defineLimit } from '../base/index.ts';
import type { Recipe } from './schema.ts';

const remembered = defineLimit(
  'known_recipes',
  100,
  'Recipes that were forgotten because others were used after them: examples collected under them carry only their digest',
);

/** Least recently used first. */
const recipes = new Map<string, Recipe>();

/** Keeps a recipe for those who meet its digest on a message. */
export function rememberRecipe(digest: string, recipe: Recipe): void {
  recipes.delete(digest);
  recipes.set(digest, recipe);
  if (recipes.size <= remembered.value) return;
  const [oldest] = recipes.keys();
  if (oldest !== undefined) recipes.delete(oldest);
  remembered.cost();
}

/**
 * The recipe of this digest, if it was prepared in this process and is among the last hundred that were used: a `features`
 * message carries the digest alone.
 */
export function knownRecipe(digest: string): Recipe | undefined {
  const recipe = recipes.get(digest);
  // What is asked for is in use.
  if (recipe) rememberRecipe(digest, recipe);
  return recipe;
}
