import type { Manifest } from '../../models/package/index.ts';
import { prepareRecipe } from '../../signal/index.ts';
import { fromWindow } from './from-window.ts';
import { describeInputs } from './input-spec.ts';
import { createModelReader } from './model-reader.ts';
import type { InputReader } from './types.ts';

/**
 * Reads what a message holds as what the model takes. One a user: a recipe may carry something from window to window.
 *
 * @throws MODEL_INPUT_UNSUPPORTED where no message could be turned into an input
 */
export function createReader(manifest: Manifest): InputReader {
  const { recipe } = manifest;
  const specs = describeInputs(manifest, recipe ? prepareRecipe(recipe).featureNames : undefined);
  return createModelReader(manifest.name, specs, fromWindow(recipe));
}
