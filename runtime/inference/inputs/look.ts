/** What kind of value came, and how a message names it. */

export type Values = ArrayLike<unknown>;

/** Also of another realm: a function node's arrays are. */
export const isTyped = (value: unknown): value is Values & ArrayBufferView =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

export const isValues = (value: unknown): value is Values => Array.isArray(value) || isTyped(value);

/** A Uint8Array or a Buffer. */
export const isBytes = (value: unknown): value is Uint8Array =>
  Object.prototype.toString.call(value) === '[object Uint8Array]';

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !isValues(value);

export const isWindow = (value: unknown): boolean => isRecord(value) && 'channels' in value && 'data' in value;

/** A tensor that says its shape, as `{data, shape}` or `{data, dims}`. */
export interface Shaped {
  readonly data: Values;
  readonly shape: readonly number[];
}

export function shapedOf(value: unknown): Shaped | undefined {
  if (!isRecord(value)) return undefined;
  const data = value['data'];
  const shape = value['shape'] ?? value['dims'];
  if (!isValues(data) || !Array.isArray(shape) || isWindow(value)) return undefined;
  return shape.every((size) => Number.isInteger(size) && Number(size) >= 0) ? { data, shape } : undefined;
}

/** A value in words, short enough for one line. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return `the text "${value.slice(0, 40)}"`;
  if (typeof value === 'boolean') return `the value ${value}`;
  if (Array.isArray(value)) return 'a list';
  if (Buffer.isBuffer(value)) return `a buffer of ${value.length} bytes`;
  if (isTyped(value)) return `a typed array of ${value.length} values`;
  if (isWindow(value)) return 'a window';
  if (typeof value === 'object') return `an object with ${keys(value)}`;
  return `a value of type ${typeof value}`;
}

function keys(value: object): string {
  const names = Object.keys(value);
  if (names.length === 0) return 'nothing in it';
  return names.slice(0, 4).join(', ') + (names.length > 4 ? ' …' : '');
}
