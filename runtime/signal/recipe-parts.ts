import type { WindowPayload } from '../messages/index.ts';
import type { Columns, PreparedBlock, Step } from './blocks/block.ts';
import { prepareBlock } from './blocks/catalogue.ts';
import { checkNames, checkRecipe } from './recipe-check.ts';
import { fillColumns } from './recipe-columns.ts';
import { createRecipeRoom } from './recipe-room.ts';
import type { Recipe } from './schema.ts';
import { createSteps, freshSteps } from './step.ts';

/** A recipe taken apart: its blocks with their tables, and the columns that they work on one after the other. */
export interface RecipeParts {
  readonly recipe: Recipe;
  readonly blocks: readonly PreparedBlock[];
  readonly featureNames: readonly string[];
  readonly columns: Columns;
  /** What the columns, the tables and the scratch hold. */
  readonly bytes: number;
  /**
   * Fills the columns with a window's samples.
   *
   * @returns how it lies to the window before
   * @throws WINDOW_CHANNELS_MISSING, WINDOW_LENGTH_WRONG, WINDOW_RATE_WRONG, WINDOW_VALUE_INVALID
   */
  load(window: WindowPayload): Step;
}

/** @throws RECIPE_INVALID naming the place */
export function recipeParts(given: Recipe): RecipeParts {
  const recipe = checkRecipe(given);
  const { length, stride } = recipe;
  const used = distinct(recipe.blocks.map(({ channels }) => channels));
  const room = createRecipeRoom();
  room.take('length', { bytes: 8 * length * used.length, features: 0 });

  const blocks = recipe.blocks.map((block, index) => {
    const path = `blocks.${index}`;
    const prepared = prepareBlock(block, recipe, path);
    room.take(path, { bytes: prepared.bytes, features: prepared.names.length });
    return prepared;
  });
  const featureNames = blocks.flatMap((block) => block.names);
  checkNames(featureNames);

  const followed = distinct(blocks.map(({ follows = [] }) => follows));
  room.take('blocks', { bytes: 8 * length * followed.length, features: 0 });
  const columns = new Map(used.map((channel) => [channel, new Float64Array(length)]));
  const steps = followed.length > 0 ? createSteps(length, stride, followed) : freshSteps(length);
  return {
    ...{ recipe, blocks, featureNames, columns, bytes: room.bytes },
    load(window) {
      fillColumns(columns, window, recipe);
      return steps.next(window, columns);
    },
  };
}

const distinct = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())];
