/** The figures that the reference gives, computed the plain way. */
import type { Fitted } from '../../../../../runtime/training/fit/trainer.ts';
import type { TrainingSet } from '../../../../../runtime/training/fit/training-set.ts';

export function accuracy({ predict }: Fitted, { values, rows, target }: TrainingSet): number {
  if (target.task !== 'classification') return NaN;
  const scores = predict(values, rows);
  const count = target.classes.length;
  let hits = 0;
  for (let row = 0; row < rows; row++) {
    const own = scores.subarray(row * count, (row + 1) * count);
    if (own.indexOf(Math.max(...own)) === target.codes[row]) hits++;
  }
  return hits / rows;
}

/** R². */
export function determination({ predict }: Fitted, { values, rows, target }: TrainingSet): number {
  if (target.task !== 'regression') return NaN;
  const answers = predict(values, rows);
  const mean = target.values.reduce((sum, value) => sum + value / rows, 0);
  const squares = (of: (row: number) => number) => target.values.reduce((sum, _, row) => sum + of(row) ** 2, 0);
  const left = squares((row) => (target.values[row] ?? NaN) - (answers[row] ?? NaN));
  return 1 - left / squares((row) => (target.values[row] ?? NaN) - mean);
}

/** Area under the ROC curve: how often an anomaly scores above a normal row. */
export function area(scores: Float64Array, anomalous: readonly boolean[]): number {
  const high = [...scores].filter((_, row) => anomalous[row]);
  const low = [...scores].filter((_, row) => !anomalous[row]);
  let won = 0;
  for (const one of high) for (const other of low) won += one > other ? 1 : one === other ? 0.5 : 0;
  return won / (high.length * low.length);
}
