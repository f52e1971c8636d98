import { errors } from './errors.ts';
import { type Recipe, recipe as recipeSchema } from './schema.ts';

/**
 * A recipe with its defaults filled in.
 *
 * @throws RECIPE_INVALID naming the place
 */
export function checkRecipe(given: Recipe): Recipe {
  const parsed = recipeSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  throw errors.RECIPE_INVALID({ path, problem: issue?.message ?? 'not understood' });
}

/** @throws RECIPE_INVALID if two features have one name */
export function checkNames(names: readonly string[]): void {
  const known = new Set<string>();
  for (const name of names) {
    if (known.has(name)) throw errors.RECIPE_INVALID({ path: 'blocks', problem: `two blocks make "${name}"` });
    known.add(name);
  }
}
