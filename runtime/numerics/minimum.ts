/** Smallest value; infinity of nothing. */
export function minimum(values: ArrayLike<number>): number {
  let smallest = Infinity;
  for (let index = 0; index < values.length; index++) smallest = Math.min(smallest, values[index] as number);
  return smallest;
}
