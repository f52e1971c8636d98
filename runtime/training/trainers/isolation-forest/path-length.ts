/** Euler–Mascheroni. */
const GAMMA = 0.5772156649015329;

/**
 * Mean length of an unsuccessful search in a binary search tree of so many rows: what a leaf that was not split further adds to
 * its depth.
 *
 * @see Liu, Ting, Zhou (2008), Isolation forest, equation 1
 *
 * @example
 * pathLength(2); // 1
 */
export function pathLength(rows: number): number {
  if (rows <= 1) return 0;
  if (rows === 2) return 1;
  return 2 * (Math.log(rows - 1) + GAMMA) - (2 * (rows - 1)) / rows;
}
