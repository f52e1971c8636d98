import type { LoadedExamples } from '../../datasets/index.ts';
import type { WindowPayload } from '../../messages/index.ts';
import { prepareRecipe, type Recipe, recipeFor } from '../../signal/index.ts';
import { chooseBlocks, readBlocks } from './choose-blocks.ts';

/** Windows that are looked at to choose blocks: so many, evenly spread. */
const LOOKED_AT = 50;

export interface WindowFeatures {
  readonly recipe: Recipe;
  readonly columns: readonly string[];
  /** rows × columns, row-major; NaN in every column of a row of which no features can be made. */
  readonly values: Float32Array;
}

/**
 * What a recipe makes of every window. A window with numbers that are not finite gives none.
 *
 * @param blocks those that a person chose; left out: chosen by the windows
 * @throws BLOCKS_INVALID, RECIPE_INVALID
 */
export function windowFeatures(
  examples: LoadedExamples,
  blocks: readonly unknown[] | undefined,
  step: (done: number) => void = () => undefined,
): WindowFeatures {
  const some = Array.from({ length: Math.min(LOOKED_AT, examples.rows) }, (_, at) =>
    windowAt(examples, Math.floor((at * examples.rows) / Math.min(LOOKED_AT, examples.rows))),
  ).filter(({ data }) => data.every(Number.isFinite));
  const chosen = blocks ? readBlocks(blocks, examples.columns) : chooseBlocks(some);
  const prepared = prepareRecipe(recipeFor(windowAt(examples, 0), chosen));
  const width = prepared.featureNames.length;
  const values = new Float32Array(examples.rows * width);
  for (let row = 0; row < examples.rows; row++) {
    const made = run(prepared.run, windowAt(examples, row));
    if (made) values.set(made, row * width);
    else values.fill(NaN, row * width, (row + 1) * width);
    if (row % 256 === 0) step(row / examples.rows);
  }
  return { recipe: prepared.recipe, columns: prepared.featureNames, values };
}

/** A window as the stream had it. */
export function windowAt({ columns, window, width, values, times }: LoadedExamples, row: number): WindowPayload {
  const { rate = 1, samples = 1 } = window ?? {};
  const time = times[row] ?? NaN;
  return {
    channels: [...columns],
    rate,
    start: Number.isFinite(time) ? time - ((samples - 1) * 1000) / rate : 0,
    data: values.subarray(row * width, (row + 1) * width) as Float32Array<ArrayBuffer>,
    shape: [samples, columns.length],
  };
}

// Whatever a recipe cannot make features of is left out and counted, as NaN is.
function run(recipe: (window: WindowPayload) => Float64Array, window: WindowPayload): Float64Array | undefined {
  if (!(window.data as Float32Array).every(Number.isFinite)) return undefined;
  try {
    return recipe(window);
  } catch {
    return undefined;
  }
}
