import { type WindowPayload, windowPayload } from '../messages/index.ts';
import { errors } from './errors.ts';

/**
 * A window out of a message: any typed array or plain array as its data.
 *
 * @throws WINDOW_INVALID
 */
export function parseWindow(payload: unknown): WindowPayload {
  const result = windowPayload.safeParse(withOwnRealm(payload));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw errors.WINDOW_INVALID({ problem: `${issue?.path.map(String).join('.')}: ${issue?.message}` });
  }
  const { channels, data, shape } = result.data;
  const [samples, width] = shape;
  if (channels.length !== width) {
    throw errors.WINDOW_INVALID({ problem: `${channels.length} channels, but a shape of ${samples} × ${width}` });
  }
  if (data.length !== samples * width) {
    throw errors.WINDOW_INVALID({ problem: `${data.length} values, but a shape of ${samples} × ${width}` });
  }
  return result.data;
}

// A function node's typed arrays come from another realm, and other element types hold samples too.
function withOwnRealm(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null) return payload;
  const { data } = payload as { data?: unknown };
  if (!ArrayBuffer.isView(data) || data instanceof DataView || data instanceof Float32Array) return payload;
  return { ...payload, data: Float32Array.from(data as unknown as ArrayLike<number>) };
}
