/** A value with the keys of every object sorted: of two that say the same the JSON is the same, however it is indented. */
export function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, withSortedKeys(item)]));
}

/** One line. */
export const canonicalLine = (value: unknown): string => JSON.stringify(withSortedKeys(value));

/** Indented, as a file that can be compared line by line. */
export const canonicalText = (value: unknown): string => `${JSON.stringify(withSortedKeys(value), null, 2)}\n`;
