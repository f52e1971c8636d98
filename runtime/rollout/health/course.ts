import type { Vitals } from '../../messages/index.ts';

/** As many vitals are kept: ten minutes, then every second one. */
const KEPT = 600;

/** The vitals of one start, in bounded room. */
export interface Course {
  readonly vitals: readonly Vitals[];
  add(vitals: Vitals): void;
}

/** Keeps the first and the newest as they are; before that, two become one with the larger lag and the most memory. */
export function createCourse(): Course {
  let vitals: Vitals[] = [];
  return {
    get vitals() {
      return vitals;
    },
    add(next) {
      vitals.push(next);
      if (vitals.length > KEPT) vitals = thinned(vitals);
    },
  };
}

function thinned([first, ...rest]: readonly Vitals[]): Vitals[] {
  const pairs: Vitals[] = first ? [first] : [];
  for (let i = 0; i < rest.length; i += 2) {
    const [one, two] = [rest[i], rest[i + 1]];
    if (one && two) pairs.push({ ...two, lag: Math.max(one.lag, two.lag), rss: Math.max(one.rss, two.rss) });
    else if (one) pairs.push(one);
  }
  return pairs;
}
