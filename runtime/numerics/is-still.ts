/**
 * Whether all values are the same; of nothing, too.
 *
 * @example
 * isStill([3, 3, 3]); // true
 */
export function isStill(values: ArrayLike<number>): boolean {
  for (let n = 1; n < values.length; n++) if (values[n] !== values[0]) return false;
  return true;
}
