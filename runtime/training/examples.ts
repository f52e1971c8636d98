/** Labelled feature rows: what a trainer learns from. */
export interface Examples {
  /** Names of the columns. */
  readonly features: readonly string[];
  /** One value a feature; in the order of time within a group. */
  readonly rows: readonly Float64Array[];
  /** One label a row. */
  readonly labels: readonly string[];
  /**
   * One group a row: the recording or run that it was cut from. Overlapping windows of one run are nearly the same row,
   * so that a run is either trained on or tested on, never both.
   */
  readonly groups: readonly string[];
}
