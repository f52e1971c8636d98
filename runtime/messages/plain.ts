/**
 * A message as plain JSON data: typed arrays become arrays, and what Node-RED or a runtime keeps on a message for
 * itself (`_msgid`, `req`, `res`) stays behind. `upload` and `record` write messages in this form.
 *
 * @throws {TypeError} if the message refers to itself or holds a BigInt: it has no JSON form
 */
export function toPlainMessage(message: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.entries(message).filter(([key]) => !INTERNAL.has(key));
  return JSON.parse(JSON.stringify(Object.fromEntries(kept), plainValue)) as Record<string, unknown>;
}

const INTERNAL = new Set(['_msgid', '_event', '_session', 'req', 'res']);

/**
 * The JSON of a message's plain form, in one go.
 *
 * @param leftOut a property of the message that does not go with it
 * @throws {TypeError} as `toPlainMessage`
 */
export function plainJson(message: Readonly<Record<string, unknown>>, leftOut?: string): string {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(message)) if (!INTERNAL.has(key) && key !== leftOut) kept[key] = message[key];
  // Asking about every value makes JSON.stringify four times as slow: only where there is something to ask about.
  return isSimple(kept, { left: SIMPLE }) ? JSON.stringify(kept) : JSON.stringify(kept, plainValue);
}

/** What has more values than this is not looked through. */
const SIMPLE = 200;

/** Whether it is small and holds no typed array. */
function isSimple(value: unknown, looked: { left: number }): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (ArrayBuffer.isView(value)) return false;
  // Also what an object inherits: one property too many is looked at, never one too few.
  for (const key in value) {
    if (--looked.left < 0 || !isSimple((value as Record<string, unknown>)[key], looked)) return false;
  }
  return true;
}

function plainValue(_key: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as Iterable<unknown>);
  return value;
}
