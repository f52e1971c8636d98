/**
 * Rows drawn with replacement, as how often each was drawn.
 *
 * @param times one a row; overwritten
 */
export function bootstrap(times: Uint16Array, random: () => number): void {
  const { length } = times;
  times.fill(0);
  for (let drawn = 0; drawn < length; drawn++) {
    const row = Math.floor(random() * length);
    times[row] = (times[row] as number) + 1;
  }
}
