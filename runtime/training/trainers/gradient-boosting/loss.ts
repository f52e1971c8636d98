/** What is to be made small: where it begins, and how it slopes at the scores so far. */
export interface Loss {
  /** What every row scores at first: one number a score of a row, and a tree an iteration. */
  readonly base: Float32Array;
  /**
   * @param scores    one list a score, of all rows
   * @param gradients the same: the slope, times the row's weight
   * @param hessians  the same: how the slope changes
   */
  slope(scores: readonly Float64Array[], gradients: readonly Float32Array[], hessians: readonly Float32Array[]): void;
}
