/** Largest value; minus infinity of nothing. */
export function maximum(values: ArrayLike<number>): number {
  let largest = -Infinity;
  for (let index = 0; index < values.length; index++) largest = Math.max(largest, values[index] as number);
  return largest;
}
