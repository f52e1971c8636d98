/**
 * What somebody typed, as the value that is meant: numbers, true, false, lists and objects as JSON has them, all else a
 * text. Quotation marks make a text of what would be something else.
 *
 * @example
 * parseValue('worn bearing'); // 'worn bearing'
 *
 * @example
 * parseValue('"5"'); // '5'
 */
export function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** As `parseValue` takes it. */
export function showValue(value: unknown): string {
  if (typeof value !== 'string') return value === undefined ? '' : JSON.stringify(value);
  return parseValue(value) === value ? value : JSON.stringify(value);
}
