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

function plainValue(_key: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as Iterable<unknown>);
  return value;
}
