/** One-sided 95 % bound of a tail that is known from few values. */
const CAUTION = 1.645;

/**
 * How far values may lie that come once in `oneIn` draws, told from the largest of those that were seen: the tail is
 * continued as a power law, as heavy as it may be by those few.
 *
 * @param largest descending, all above 0; at least two
 * @param count   of how many values they are the largest
 * @returns never less than the smallest of them
 * @see Hill (1975), A simple general approach to inference about the tail of a distribution
 *
 * @example
 * Math.round(tailLimit([4, 2, 1], 300, 10_000)); // 32: so far does one in 10,000 lie, where 3 in 300 lie beyond 1
 */
export function tailLimit(largest: ArrayLike<number>, count: number, oneIn: number): number {
  const used = largest.length;
  const least = largest[used - 1] as number;
  let exponent = 0;
  // Without the very largest: one that did not belong there must not decide what the others' tail is like.
  for (let i = 1; i < used; i++) exponent += Math.log((largest[i] as number) / least) / (used - 1);
  const heavy = exponent * (1 + CAUTION / Math.sqrt(used - 1));
  return least * Math.max(1, (used / count) * oneIn) ** heavy;
}

/** Keeps the largest of many values, descending; 0 where there were fewer. */
export function keepLargest(kept: Float64Array, value: number): void {
  if (!(value > (kept[kept.length - 1] as number))) return;
  let at = kept.length - 1;
  while (at > 0 && (kept[at - 1] as number) < value) {
    kept[at] = kept[at - 1] as number;
    at--;
  }
  kept[at] = value;
}
