/** As many points as a dialog's chart is wide. */
export const MOST_POINTS = 300;

/**
 * Fewer points of a long curve, for a picture: one of each so many. In turn the smallest and the largest of its neighbourhood,
 * so that no spike is lost.
 *
 * @example
 * thinOut([1, 2, 3]); // [1, 2, 3]
 */
export function thinOut(values: ArrayLike<number>, most = MOST_POINTS): number[] {
  const every = Math.ceil(values.length / most);
  if (every <= 1) return Array.from(values);
  const shown: number[] = [];
  for (let from = 0; from < values.length; from += every) {
    const [smallest, largest] = extremes(values, from, Math.min(values.length, from + 2 * every));
    shown.push(shown.length % 2 === 0 ? smallest : largest);
  }
  return shown;
}

function extremes(values: ArrayLike<number>, from: number, to: number): [number, number] {
  let smallest = Infinity;
  let largest = -Infinity;
  for (let n = from; n < to; n++) {
    const value = values[n] as number;
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  return [smallest, largest];
}
