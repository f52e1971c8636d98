import { type TrainingSet, weightAt } from '../standardised/weighted.ts';

/** Weights as whole numbers up to this: their sums are exact, so that ties are ties everywhere. */
const WHOLE = 2 ** 20;

/**
 * What each stored row says, so that an answer is a sum over neighbours divided by the sum of their weights.
 *
 * @returns rows × outputs: of a class its row's weight; of a value, the value times the weight
 */
export function votesOf(set: TrainingSet, outputs: number): { votes: Float64Array; weights: Float64Array } {
  const { rows, target } = set;
  let largest = 0;
  for (let row = 0; row < rows; row++) largest = Math.max(largest, weightAt(set, row));
  const weights = Float64Array.from({ length: rows }, (_, row) =>
    Math.max(1, Math.round((weightAt(set, row) / largest) * WHOLE)),
  );
  const votes = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    const weight = weights[row] as number;
    if (target.task === 'classification') votes[row * outputs + (target.codes[row] as number)] = weight;
    if (target.task === 'regression') votes[row] = weight * (target.values[row] as number);
  }
  return { votes, weights };
}
