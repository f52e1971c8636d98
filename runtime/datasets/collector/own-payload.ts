import type { NewExample } from '../data-sets/types.ts';

/**
 * The payload as it is now: the message goes on, and a node after this one may change what it holds before it is written. One
 * number is a feature called `value`. What is no example is left to the data set to refuse.
 */
export function ownPayload(payload: unknown): NewExample['payload'] {
  if (typeof payload === 'number') return { value: payload };
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
    return payload as NewExample['payload'];
  const { data } = payload as { data?: unknown };
  if (data instanceof Float32Array) return { ...payload, data: data.slice() } as NewExample['payload'];
  return { ...payload, ...(Array.isArray(data) && { data: [...(data as unknown[])] }) } as NewExample['payload'];
}
