import type { Tensors } from '../tiers/tier.ts';

/** A model as a plan over typed arrays, in this thread. */
export interface CompiledModel {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** In words: `10 trees`, `dense 16-32-4`. */
  readonly words: string;
  /** Multiply-adds and tree nodes visited for a row: an estimate of its price. */
  readonly cost: number;
  /**
   * Synchronous. Rows are the first dimension of every input and output; outputs are fresh arrays that belong to the caller.
   *
   * @throws {Error} if an input is missing, or its type or shape is not the model's
   */
  run(feeds: Tensors): Tensors;
  /**
   * What each feature of one row adds to a score; base and contributions sum up to it. There for linear models (`exact`; of
   * the logit where a softmax or logistic follows) and for trees (`path`).
   *
   * @param row    values of the model's one input
   * @param column which score
   */
  explain?(row: Float32Array, column: number): Explained;
}

export interface Explained {
  readonly base: number;
  /** By feature. */
  readonly contributions: Float64Array;
  readonly method: 'exact' | 'path';
}

/** The model has a part that only ONNX Runtime runs. The message says which, in words. */
export class NotCompilable extends Error {
  override name = 'NotCompilable';
}
