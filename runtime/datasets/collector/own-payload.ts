import type { NewExample } from '../data-sets/types.ts';
import { errors } from '../errors.ts';

/**
 * The payload as it is now: the message goes on, and a node after this one may change what it holds before it is written. One
 * number is a feature called `value`. What its numbers are is left to the data set to judge.
 *
 * @throws EXAMPLE_INVALID if it is no object
 */
export function ownPayload(payload: unknown): NewExample['payload'] {
  if (typeof payload === 'number') return { value: payload };
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload) || ArrayBuffer.isView(payload)) {
    throw errors.EXAMPLE_INVALID({ column: 'payload', value: shown(payload) });
  }
  const { data } = payload as { readonly data?: unknown };
  if (data instanceof Float32Array) return { ...payload, data: data.slice() } as NewExample['payload'];
  return { ...payload, ...(Array.isArray(data) && { data: [...(data as unknown[])] }) } as NewExample['payload'];
}

function shown(payload: unknown): string {
  if (typeof payload === 'string') return `"${payload.slice(0, 30)}"`;
  return Array.isArray(payload) || ArrayBuffer.isView(payload) ? 'a list' : String(payload);
}
