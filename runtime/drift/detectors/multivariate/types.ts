/**
 * What all features of a row say together, as one more number a row: so that it can be watched as one more feature. It is
 * made once a row, when the row comes.
 */
export interface RowScore {
  /** @param row a value a column of the reference; NaN where one is missing, which then says nothing */
  score(row: ArrayLike<number>): number;
  /**
   * The scores of the reference's own rows, oldest first, each by a fit that did not see the row: what a threshold is
   * calibrated on. NaN of a row with nothing in it.
   */
  readonly reference: Float64Array;
}
