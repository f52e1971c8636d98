import type { LoadedExamples } from '../../datasets/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import { prepareRecipe } from '../../signal/index.ts';
import { windowAt } from '../prepare/window-features.ts';

/**
 * Examples as a flow would ask a model: features by name, or windows, which a recipe of the model's turns into features.
 *
 * @returns what makes the input of a row; it throws what the recipe says of a window that it cannot take
 */
export function naturalInputs({ manifest }: ModelPackage, examples: LoadedExamples): (row: number) => unknown {
  const { columns, values, width, kind } = examples;
  const made = manifest.recipe && kind === 'window' ? prepareRecipe(manifest.recipe) : undefined;
  if (made) return (row) => named(made.featureNames, made.run(windowAt(examples, row)));
  if (kind === 'window') return (row) => windowAt(examples, row);
  return (row) => named(columns, values.subarray(row * width, (row + 1) * width));
}

const named = (names: readonly string[], values: ArrayLike<number>) =>
  Object.fromEntries(names.map((name, at) => [name, values[at] as number]));
