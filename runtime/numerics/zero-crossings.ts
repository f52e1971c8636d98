/**
 * How often the values change sign. With a dead band, a value counts only when it lies beyond it: noise around zero makes no
 * crossings.
 *
 * @param deadBand from 0 to either side
 *
 * @example
 * zeroCrossings([1, -1, 0.1, -1, 2], 0.5); // 2
 */
export function zeroCrossings(values: ArrayLike<number>, deadBand = 0): number {
  let side = 0;
  let crossings = 0;
  for (let n = 0; n < values.length; n++) {
    const value = values[n] as number;
    const here = value > deadBand ? 1 : value < -deadBand ? -1 : 0;
    if (here === 0) continue;
    if (side !== 0 && here !== side) crossings++;
    side = here;
  }
  return crossings;
}
