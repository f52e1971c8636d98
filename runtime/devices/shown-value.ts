/** Characters of a value in an error: enough to know it again. */
const SHOWN = 80;

/**
 * A value that somebody gave, as errors name it: also one that no JSON can hold. Safe in the browser.
 *
 * @example
 * shownValue({ angle: 270 }); // '{"angle":270}'
 *
 * @example
 * shownValue(12n); // 'a bigint (12)'
 */
export function shownValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  // JSON makes null of a number that is none.
  if (typeof value === 'number') return String(value);
  if (typeof value === 'bigint') return `a bigint (${value})`.slice(0, SHOWN);
  return (jsonOf(value) ?? (typeof value === 'object' ? 'an object' : `a ${typeof value}`)).slice(0, SHOWN);
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // A circle, or an object that is not to be read.
    return undefined;
  }
}
