import type { Expectation } from '../../messages/index.ts';
import { same } from './same.ts';
import { showValue } from './show-value.ts';

/** What a value must be, and how that is said. */
export interface Comparison {
  /** After "becomes", "is always" and the like: `"worn bearing"`, `5 ± 1 %`, `above 3`. */
  readonly words: string;
  matches(value: unknown): boolean;
}

/** Of what an expectation says of a value; none where it says nothing of it. */
export function comparisonOf(expectation: Expectation): Comparison | undefined {
  const { near, tolerance, above, below, matches } = expectation;
  if (near !== undefined) {
    const reach = typeof tolerance === 'string' ? (Math.abs(near) * parseFloat(tolerance)) / 100 : (tolerance ?? 0);
    // So that a tenth more or less is met by 0.1 + 0.2 too.
    const slack = Math.abs(near) * 1e-9;
    return {
      words: `${near} ± ${tolerance ?? 0}`,
      matches: (value) => typeof value === 'number' && Math.abs(value - near) <= reach + slack,
    };
  }
  if (above !== undefined || below !== undefined) {
    const words = [
      ...(above === undefined ? [] : [`above ${above}`]),
      ...(below === undefined ? [] : [`below ${below}`]),
    ];
    const [least, most] = [above ?? -Infinity, below ?? Infinity];
    return {
      words: words.join(' and '),
      matches: (value) => typeof value === 'number' && value > least && value < most,
    };
  }
  if (matches !== undefined) {
    const pattern = new RegExp(matches);
    return { words: `like /${matches}/`, matches: (value) => typeof value === 'string' && pattern.test(value) };
  }
  if (expectation.is === undefined) return undefined;
  return { words: showValue(expectation.is), matches: (value) => same(value, expectation.is) };
}
