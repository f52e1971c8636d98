import { defineLimit } from '../base/index.ts';
import type { WindowPayload } from '../messages/index.ts';
import type { Columns, PreparedBlock, Step } from './blocks/block.ts';
import { prepareBlock } from './blocks/catalogue.ts';
import { errors } from './errors.ts';
import { type Recipe, recipe as recipeSchema } from './schema.ts';
import { createSteps } from './step.ts';

const mostFeatures = defineLimit('recipe_features', 10_000, 'Recipes refused because they make more features');

/** How far a window's rate may lie from the recipe's: what a busy board's timer is off, but no other setting. */
export const RATE_TOLERANCE = 0.1;

/** A recipe taken apart: its blocks with their tables, and the columns that they work on one after the other. */
export interface RecipeParts {
  readonly recipe: Recipe;
  readonly blocks: readonly PreparedBlock[];
  readonly featureNames: readonly string[];
  readonly columns: Columns;
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
  const parsed = recipeSchema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.map(String).join('.') ?? '';
    throw errors.RECIPE_INVALID({ path, problem: issue?.message ?? 'not understood' });
  }
  const recipe = parsed.data;
  const blocks = recipe.blocks.map((block, index) => prepareBlock(block, recipe, `blocks.${index}`));
  const featureNames = blocks.flatMap((block) => block.names);
  const seen = new Set<string>();
  for (const name of featureNames) {
    if (seen.has(name)) throw errors.RECIPE_INVALID({ path: 'blocks', problem: `two blocks make "${name}"` });
    seen.add(name);
  }
  if (featureNames.length > mostFeatures.value) {
    mostFeatures.cost();
    const problem = `they make ${featureNames.length} features, more than ${mostFeatures.value}`;
    throw errors.RECIPE_INVALID({ path: 'blocks', problem });
  }
  const used = [...new Set(recipe.blocks.flatMap((block) => block.channels))];
  const columns = new Map(used.map((channel) => [channel, new Float64Array(recipe.length)]));
  const steps = createSteps(recipe.length);
  return {
    recipe,
    blocks,
    featureNames,
    columns,
    load(window) {
      fill(columns, window, recipe);
      return steps(window);
    },
  };
}

function fill(columns: Columns, window: WindowPayload, recipe: Recipe): void {
  const { channels, data, rate, shape } = window;
  const missing = [...columns.keys()].filter((channel) => !channels.includes(channel));
  if (missing.length > 0) throw errors.WINDOW_CHANNELS_MISSING({ missing, found: channels });
  if (shape[0] !== recipe.length) throw errors.WINDOW_LENGTH_WRONG({ expected: recipe.length, found: shape[0] });
  if (!(Math.abs(rate - recipe.rate) <= RATE_TOLERANCE * recipe.rate)) {
    throw errors.WINDOW_RATE_WRONG({ expected: recipe.rate, found: rate });
  }
  for (const [channel, column] of columns) {
    let at = channels.indexOf(channel);
    for (let sample = 0; sample < column.length; sample++, at += channels.length) {
      const value = data[at] ?? NaN;
      if (!Number.isFinite(value)) throw errors.WINDOW_VALUE_INVALID({ channel, sample, value });
      // A window that came as a plain array gives the same bytes as one that came typed.
      column[sample] = Math.fround(value);
    }
  }
}
