import type { TrainingSet } from '../../fit/training-set.ts';

export type { TrainingSet };

/** How much a row counts. */
export const weightAt = ({ weights }: TrainingSet, row: number): number => (weights ? (weights[row] as number) : 1);

/** Rows, each counted as often as it weighs. */
export function weightOf(set: TrainingSet): number {
  let total = 0;
  for (let row = 0; row < set.rows; row++) total += weightAt(set, row);
  return total;
}

/** What is standardised by itself: a feature, or a channel of windows. */
export const columnsAt = ({ width, window }: TrainingSet): number =>
  window ? Math.max(1, Math.round(width / window.samples)) : width;
