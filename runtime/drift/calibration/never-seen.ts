/** Less than this share of a window is no alarm: what comes once may come in a burst. */
const LEAST = 0.1;

/**
 * The share of a window that something must reach which the reference never showed: a missing value, a new category,
 * another value of what was constant. With none in so many rows it may still come once in as many: the rule of succession,
 * for two windows in a row.
 *
 * @param rows of the reference
 * @param rate one false alarm in so many windows, as a share
 */
export function neverSeen(rows: number, window: number, rate: number): number {
  const chance = (2 * window) / (rows + 2 * window);
  const count = Math.ceil(Math.log(rate) / (2 * Math.log(chance)));
  return Math.min(0.9, Math.max(LEAST, (count - 0.5) / window));
}
