import type { Recipe } from '../schema.ts';

/**
 * The samples of each channel that a recipe uses, as the blocks before have left them. They are the recipe's own copies, filled
 * anew for each window.
 */
export type Columns = ReadonlyMap<string, Float64Array>;

/** How a window lies to the one before it. */
export interface Step {
  /** The newest samples, which the window before did not hold; all of them where it is not continued. */
  readonly fresh: number;
  /** The window goes on where the one before ended, or overlaps it: state that is carried still holds. */
  readonly continued: boolean;
}

/** A curve for the preview, of one channel. */
export interface Curve {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

/** What the last run of a block looked like. */
export interface Picture {
  /** Of the horizontal axis: `Hz`, `s`. */
  readonly unit: string;
  /** Of the curves' points, ascending. */
  readonly axis: ArrayLike<number>;
  readonly curves: readonly Curve[];
}

/** A block with its tables made. Two sorts with one face: an extractor makes features, a transform changes the columns. */
export interface PreparedBlock {
  /** Of the features that it makes, in order; none of a transform. */
  readonly names: readonly string[];
  /** What its tables and its scratch hold, bytes. */
  readonly bytes: number;
  /** Channels of which it needs to know how a window lies to the one before: without it, every window is a new beginning. */
  readonly follows?: readonly string[];
  /** Writes one value a name into `features`, from `at` on; a transform changes `columns` in place. */
  run(columns: Columns, features: Float64Array, at: number, step: Step): void;
  /** Where a picture says more than the features. */
  picture?(): Picture;
}

/**
 * Makes a block's tables for the windows of one recipe.
 *
 * @param path of the block in the recipe, for errors
 * @throws RECIPE_INVALID if the block's parameters do not fit the recipe's rate or length
 */
export type PrepareBlock<Block> = (block: Block, recipe: Recipe, path: string) => PreparedBlock;
