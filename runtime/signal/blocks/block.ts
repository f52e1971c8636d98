import type { Recipe } from '../schema.ts';

/** The samples of each channel that a recipe uses. */
export type Columns = ReadonlyMap<string, Float64Array>;

/** A block with its tables made: one file a kind of block. */
export interface PreparedBlock {
  /** Of the features that it makes, in order. */
  readonly names: readonly string[];
  /** Writes one value a name into `features`, from `at` on. */
  run(columns: Columns, features: Float64Array, at: number): void;
}

/** @throws RECIPE_INVALID if the block's parameters do not fit the recipe's rate or length */
export type PrepareBlock<Block> = (block: Block, recipe: Recipe, path: string) => PreparedBlock;
