/**
 * The whole number in a range for which a monotone function comes nearest to a value: what a converter must have counted for
 * a data sheet's compensation to give that value.
 *
 * @param least the first number of the range; `most` the last
 * @example
 * inverse((counts) => counts * 2, 9.2, 0, 100); // 5
 */
export function inverse(of: (counts: number) => number, value: number, least: number, most: number): number {
  const rising = of(most) >= of(least);
  let low = least;
  let high = most;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (of(middle) <= value === rising) low = middle;
    else high = middle;
  }
  return Math.abs(of(low) - value) <= Math.abs(of(high) - value) ? low : high;
}
