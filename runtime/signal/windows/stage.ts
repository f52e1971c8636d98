/**
 * One rule on the way from readings to windows. Rules stand in a row, each passing samples on to the next; the last one
 * cuts. Only numbers are passed, in buffers that belong to the giver: whoever keeps a sample copies it.
 */
export interface Stage {
  /**
   * @param values one a channel
   * @param time ms since the epoch
   * @param leftOut samples that were left out right before this one
   * @param origin what the window is handed back with
   */
  push(values: Float64Array, time: number, leftOut: number, origin: unknown): void;
  /** What is held does not belong together with what comes. */
  restart(): void;
  /**
   * A gap that no window may span: `samples` would have stood in it, where that is known.
   *
   * @param resumes the time of the sample after it, ms since the epoch
   */
  gap(samples: number, resumes: number): void;
}

/** The last rule: it keeps the samples of the next window. */
export interface Cutter extends Stage {
  readonly held: number;
  /** A window is wanted around the first sample that is not before this time. */
  trigger?(time: number): void;
}

/** What is known of the source's rate, Hz; `undefined` until it is told. */
export interface Pace {
  rate: number | undefined;
}

/** From so many samples on, their times tell the rate. */
export const ENOUGH = 8;
