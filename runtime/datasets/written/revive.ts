import { isMark } from './marks.ts';

/**
 * The value that `stringify` wrote.
 *
 * @throws {SyntaxError} if the text is no JSON
 *
 * @example
 * revive('{"payload":{"$number":"-Infinity"}}'); // { payload: -Infinity }
 */
export function revive(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // Hardly any message holds a mark, and a look at the text is much cheaper than a walk.
  return text.includes('"$') ? meant(value) : value;
}

function meant(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    value.forEach((item, index) => (value[index] = meant(item)));
    return value;
  }
  const record = value as Record<string, unknown>;
  const keys = Object.keys(record);
  const [key = ''] = keys;
  if (keys.length === 1 && isMark(key)) return marked(key, record[key], record);
  return inner(record);
}

function inner(record: Record<string, unknown>): Record<string, unknown> {
  for (const key of Object.keys(record)) {
    const before = record[key];
    const after = meant(before);
    // Defined, not set: `__proto__` may be a key of a message as any other.
    if (after !== before) Object.defineProperty(record, key, { value: after, ...OWN });
  }
  return record;
}

const OWN = { writable: true, enumerable: true, configurable: true };

function marked(key: string, value: unknown, record: Record<string, unknown>): unknown {
  switch (key) {
    case '$number':
      return Number(value);
    case '$undefined':
      return undefined;
    case '$date':
      return new Date(String(value));
    case '$buffer':
      return Buffer.from(String(value), 'base64');
    default:
      return typeof value === 'object' && value !== null ? inner(value as Record<string, unknown>) : record;
  }
}
