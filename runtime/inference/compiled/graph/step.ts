import type { Slot } from './value.ts';

/** One thing that a plan does with a block of rows. Until it is linked, a step may still take what follows it into itself. */
export interface Step {
  readonly reads: readonly Slot[];
  readonly writes: readonly Slot[];
  /** Multiply-adds, tree nodes or the like, a row. */
  readonly cost: number;
  /** In words, where it is worth a word: `dense 16-32`. */
  readonly words?: string;
  /** One row in float64, where the step is affine: that is what makes a model explainable. */
  readonly row?: ((values: Float64Array) => Float64Array) | undefined;
  /** It squashes these values, which is what is explained instead: a softmax, a logistic function. */
  readonly squashed?: Slot;
  /** Called once, when the slots have their arrays. The function does the step for so many rows, from the first on. */
  link(): (rows: number) => void;
}
