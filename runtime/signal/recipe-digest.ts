import { digestOf } from './digest.ts';
import { type Recipe, recipe as recipeSchema } from './schema.ts';

/** SHA-256 of the recipe's canonical JSON, defaults filled in: equal for recipes that give the same features. */
export const recipeDigest = (recipe: Recipe): string => digestOf(recipeSchema.parse(recipe));
