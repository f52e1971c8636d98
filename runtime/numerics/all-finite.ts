/**
 * Whether none is NaN or infinite.
 *
 * @example
 * allFinite([1, -2]); // true
 * allFinite([1, Infinity]); // false
 */
export function allFinite(values: ArrayLike<number>, from = 0, to = values.length): boolean {
  let differences = 0;
  for (let n = from; n < to; n++) {
    const value = values[n] as number;
    // 0 of what is finite, NaN of the rest: no branch.
    differences += value - value;
  }
  return differences === 0;
}
