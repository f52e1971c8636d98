import { defineLimit } from '../base/index.ts';
import { errors } from './errors.ts';

const mostBytes = defineLimit(
  'recipe_bytes',
  256 * 1024 * 1024,
  'Recipes refused because their samples and the tables of their blocks take more bytes',
);
const mostFeatures = defineLimit('recipe_features', 10_000, 'Recipes refused because they make more features');

/** Holds what a recipe needs against the limits, as its blocks are prepared one after the other. */
export interface RecipeRoom {
  /** In all so far. */
  readonly bytes: number;
  /** @throws RECIPE_INVALID naming `path` */
  take(path: string, needs: { readonly bytes: number; readonly features: number }): void;
}

export function createRecipeRoom(): RecipeRoom {
  let bytes = 0;
  let features = 0;
  const refuse = (path: string, limit: typeof mostBytes, problem: string) => {
    limit.cost();
    const variable = `MILLRACE_LIMIT_${limit.name.toUpperCase()}`;
    throw errors.RECIPE_INVALID({ path, problem: `${problem}, more than the ${limit.value} of ${variable}` });
  };
  return {
    get bytes() {
      return bytes;
    },
    take(path, needs) {
      bytes += needs.bytes;
      features += needs.features;
      if (bytes > mostBytes.value) refuse(path, mostBytes, `with all before it, it takes ${bytes} bytes`);
      if (features > mostFeatures.value)
        refuse(path, mostFeatures, `with all before it, it makes ${features} features`);
    },
  };
}
