type Message = Readonly<Record<string, unknown>>;

/**
 * The value that a node's `property` setting names.
 *
 * @param path as `payload` or `payload.temperature`
 * @returns undefined where there is none
 */
export function readProperty(message: Message, path: string): unknown {
  let value: unknown = message;
  for (const key of path.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/**
 * The message with `value` at `path`, and everything else as it was. The given message stays untouched: objects on the
 * way are copied, and made where there are none.
 */
export function withProperty(message: Message, path: string, value: unknown): Record<string, unknown> {
  const [key = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...message, [key]: value };
  const inner = message[key];
  return { ...message, [key]: withProperty(isObject(inner) ? inner : {}, rest.join('.'), value) };
}

const isObject = (value: unknown): value is Message => typeof value === 'object' && value !== null;
