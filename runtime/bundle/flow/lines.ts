/**
 * Texts of several lines, as JSON that a person can read and a diff can show: `{"lines": ["first", "second"]}` in place of
 * one long string. What would look like that by itself is wrapped: `{"value": …}`.
 */

/** @returns a copy in which every text with line breaks is a list of its lines */
export function toLines(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('\n') ? { lines: value.split('\n') } : value;
  if (Array.isArray(value)) return value.map(toLines);
  if (typeof value !== 'object' || value === null) return value;
  const mapped = mapValues(value, toLines);
  return isMarked(value) ? { value: mapped } : mapped;
}

/** The inverse of `toLines`. */
export function fromLines(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromLines);
  if (typeof value !== 'object' || value === null) return value;
  if (!isMarked(value)) return mapValues(value, fromLines);
  const { lines, value: wrapped } = value as { readonly lines?: unknown; readonly value?: unknown };
  if (Array.isArray(lines)) return lines.join('\n');
  return typeof wrapped === 'object' && wrapped !== null ? mapValues(wrapped, fromLines) : wrapped;
}

/** Has nothing but `lines` or `value`: what stands in a file of a bundle only for something else. */
function isMarked(value: object): boolean {
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'lines' || keys[0] === 'value');
}

// By defining: a property may be called `__proto__`.
const mapValues = (value: object, map: (value: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [key, map(item)]));
