import { parseWindow, type PreparedRecipe, prepareRecipe, type Recipe } from '../../signal/index.ts';

/** Makes the features of a window, where the package says how. */
export type FromWindow = (window: unknown) => ArrayLike<number>;

/** @returns nothing where there is no recipe. What a block carries from window to window belongs to one stream: one a user. */
export function fromWindow(recipe: Recipe | undefined): FromWindow | undefined {
  let prepared: PreparedRecipe | undefined;
  return recipe && ((window) => (prepared ??= prepareRecipe(recipe)).run(parseWindow(window)));
}
