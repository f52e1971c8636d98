/**
 * Turns scores into probabilities, in place: exp(s) / Σ exp(s), shifted by the largest so that nothing overflows.
 *
 * @param scores of one row
 */
export function softmax(scores: Float64Array): void {
  let largest = -Infinity;
  for (const score of scores) largest = Math.max(largest, score);
  let sum = 0;
  for (let index = 0; index < scores.length; index++) {
    const weight = Math.exp((scores[index] as number) - largest);
    scores[index] = weight;
    sum += weight;
  }
  for (let index = 0; index < scores.length; index++) scores[index] = (scores[index] as number) / sum;
}
