/**
 * Makes raw scores ones between 0 and 1, in place.
 *
 * @param activation `softmax`: together they are 1; `sigmoid`: each for itself
 */
export function activate(scores: Float64Array, activation: 'softmax' | 'sigmoid'): void {
  if (activation === 'sigmoid') {
    for (let i = 0; i < scores.length; i++) scores[i] = sigmoid(scores[i] ?? NaN);
    return;
  }
  // The largest becomes 0, so that none overflows.
  const largest = Math.max(...scores);
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const each = Math.exp((scores[i] ?? NaN) - largest);
    scores[i] = each;
    sum += each;
  }
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] ?? NaN) / sum;
}

export const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
