/**
 * A float32 threshold t with low ≤ t < high, near the middle: every float32 goes the same way by it in any runtime, and so does
 * every row that was learnt from.
 *
 * @param low  a float32
 * @param high a larger float32
 *
 * @example
 * between(1, 2); // 1.5
 */
export function between(low: number, high: number): number {
  const middle = Math.fround(low / 2 + high / 2);
  // Between neighbours the middle is rounded to one of them.
  return middle >= low && middle < high ? middle : low;
}
