/** What every measure of a channel is made of. */
export interface Summary {
  mean: number;
  /** The mean of the squares. */
  square: number;
  smallest: number;
  largest: number;
  /** Central moments, divided by the number of samples. */
  m2: number;
  m3: number;
  m4: number;
}

export const emptySummary = (): Summary => ({
  mean: NaN,
  square: NaN,
  smallest: NaN,
  largest: NaN,
  m2: NaN,
  m3: NaN,
  m4: NaN,
});

/**
 * Two passes over the samples, whatever is measured. Every sum is taken in the order of the samples, as the functions of
 * numerics take it: the same bytes.
 *
 * @param centre subtracted from every sample first
 * @param into   overwritten
 */
export function summarise(samples: Float64Array, centre: number, into: Summary): void {
  const count = samples.length;
  let sum = 0;
  let squares = 0;
  let smallest = Infinity;
  let largest = -Infinity;
  for (let n = 0; n < count; n++) {
    const value = (samples[n] as number) - centre;
    sum += value;
    squares += value * value;
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
  }
  // At rest exactly the one value: a rounded sum would leave moments of nothing. Never -0, as a sum is not.
  const mean = smallest === largest ? 0 + smallest : sum / count;
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  for (let n = 0; n < count; n++) {
    const distance = (samples[n] as number) - centre - mean;
    const square = distance * distance;
    m2 += square;
    m3 += square * distance;
    m4 += square * square;
  }
  into.mean = mean;
  into.square = squares / count;
  into.smallest = smallest;
  into.largest = largest;
  into.m2 = m2 / count;
  into.m3 = m3 / count;
  into.m4 = m4 / count;
}
