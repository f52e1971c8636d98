import type { Watched } from './watched.ts';

/**
 * How many features are found to drift at once, at least 1, with false discoveries held: where several lie out together, each
 * need not lie as far out as one alone. If nothing has changed, one is found no more often than the wish allows, however
 * many there are.
 *
 * @param rate what a single feature may be found at
 * @see Benjamini and Hochberg (1995)
 */
export function discoveries(watched: readonly Watched[], rate: number): number {
  const rates: number[] = [];
  const most = rate * watched.length;
  for (const { courses } of watched) {
    const { run, yardstick, part } = courses[0];
    const { least } = run;
    if (!(least > 0)) continue;
    const found = yardstick.rateOf(least, rate * part) / part;
    if (found <= most) rates.push(found);
  }
  rates.sort((a, b) => a - b);
  let count = 1;
  for (let i = 0; i < rates.length; i++) if ((rates[i] as number) <= (i + 1) * rate) count = i + 1;
  return count;
}
