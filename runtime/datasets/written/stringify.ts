import { errors } from '../errors.ts';
import { isMark } from './marks.ts';

/** What Node-RED or a runtime keeps on a message for itself. */
const INTERNAL = new Set(['_msgid', '_event', '_session', 'req', 'res']);
/** Deeper than any message: one that refers to itself is found by it. */
const DEPTH = 200;

/** How many properties of Node-RED's own were left out, `_msgid` aside, which every message has. */
export const leftOut = (message: Readonly<Record<string, unknown>>): number =>
  Number('req' in message) + Number('res' in message) + Number('_session' in message);

/**
 * A message as JSON text that `revive` makes the identical message of. Typed arrays become arrays, as the message contract
 * has it. What JSON has no word for is an object with one key: `{"$number":"NaN"}`, `{"$undefined":true}`,
 * `{"$date":"2026-01-01T00:00:00.000Z"}`, `{"$buffer":"base64"}`; an object of the user's that looks like one of these is
 * wrapped: `{"$plain":{…}}`.
 *
 * @throws RECORDING_UNWRITABLE naming the property
 *
 * @example
 * stringify({ payload: { x: -0, y: [1, NaN] } }); // '{"payload":{"x":{"$number":"-0"},"y":[1,{"$number":"NaN"}]}}'
 */
export function stringify(message: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const key of Object.keys(message)) {
    if (INTERNAL.has(key)) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${written(message[key], key, 0)}`;
  }
  return `{${text}}`;
}

function written(value: unknown, path: string, depth: number): string {
  switch (typeof value) {
    case 'number':
      return numberText(value);
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'undefined':
      return '{"$undefined":true}';
    case 'object':
      return value === null ? 'null' : objectText(value, path, depth);
    default:
      throw errors.RECORDING_UNWRITABLE({ path, kind: `a ${typeof value}` });
  }
}

function numberText(value: number): string {
  if (Number.isFinite(value) && !Object.is(value, -0)) return String(value);
  return `{"$number":"${Object.is(value, -0) ? '-0' : String(value)}"}`;
}

function objectText(value: object, path: string, depth: number): string {
  if (depth > DEPTH) throw errors.RECORDING_UNWRITABLE({ path: shortened(path), kind: 'nested without end' });
  if (Array.isArray(value)) return arrayText(value, path, depth);
  if (Buffer.isBuffer(value)) return `{"$buffer":"${value.toString('base64')}"}`;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    if (value instanceof BigInt64Array || value instanceof BigUint64Array) {
      throw errors.RECORDING_UNWRITABLE({ path, kind: 'an array of bigint' });
    }
    return `[${Array.from(value as Float64Array, numberText).join(',')}]`;
  }
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw errors.RECORDING_UNWRITABLE({ path, kind: 'an invalid date' });
    return `{"$date":"${value.toISOString()}"}`;
  }
  if (value instanceof Error) {
    const { name, message, code } = value as Error & { code?: unknown };
    return objectText({ name, message, ...(typeof code === 'string' && { code }) }, path, depth);
  }
  const foreign = kindOf(value);
  if (foreign !== undefined) throw errors.RECORDING_UNWRITABLE({ path, kind: `a ${foreign}` });
  return recordText(value as Record<string, unknown>, path, depth);
}

function arrayText(value: readonly unknown[], path: string, depth: number): string {
  let text = '';
  // By index: a hole is undefined, as it is to whoever reads it.
  for (let index = 0; index < value.length; index++) {
    text += `${index === 0 ? '' : ','}${written(value[index], `${path}[${index}]`, depth + 1)}`;
  }
  return `[${text}]`;
}

function recordText(value: Record<string, unknown>, path: string, depth: number): string {
  const keys = Object.keys(value);
  let text = '';
  for (const key of keys) {
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${written(value[key], `${path}.${key}`, depth + 1)}`;
  }
  return keys.length === 1 && isMark(keys[0] ?? '') ? `{"$plain":{${text}}}` : `{${text}}`;
}

/** The class of an object that has no written form; undefined for a plain one, also of another realm. */
function kindOf(value: object): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return undefined;
  const name = (value as { constructor?: { name?: string } }).constructor?.name ?? 'Object';
  return name === 'Object' ? undefined : name;
}

const shortened = (path: string) => (path.length > 60 ? `${path.slice(0, 60)}…` : path);
