/** The largest prime that divides a positive integer; 1 of 1. */
export function largestFactor(integer: number): number {
  let rest = integer;
  let largest = 1;
  for (let factor = 2; factor * factor <= rest; factor++) {
    while (rest % factor === 0) {
      rest /= factor;
      largest = factor;
    }
  }
  return Math.max(largest, rest);
}
