import type { MillraceError } from '../base/index.ts';
import { type WindowPayload, windowPayload } from '../messages/index.ts';
import { errors } from './errors.ts';

/**
 * A window out of a message: any typed array or plain array as its data.
 *
 * @throws WINDOW_INVALID; WINDOW_VALUE_INVALID for a NaN or an infinity in a plain array
 */
export function parseWindow(payload: unknown): WindowPayload {
  const result = windowPayload.safeParse(withOwnRealm(payload));
  if (!result.success) {
    const [issue] = result.error.issues;
    const path = issue?.path.map(String).join('.') ?? '';
    if (path === 'data') throw valueProblem(payload as Unread);
    throw errors.WINDOW_INVALID({ problem: path === '' ? `it is ${kindOf(payload)}` : `${path}: ${issue?.message}` });
  }
  const { channels, data, shape } = result.data;
  const [samples, width] = shape;
  if (channels.length !== width) {
    throw errors.WINDOW_INVALID({ problem: `${channels.length} channels, but a shape of ${samples} × ${width}` });
  }
  if (data.length !== samples * width) {
    throw errors.WINDOW_INVALID({ problem: `${data.length} values, but a shape of ${samples} × ${width}` });
  }
  const twice = channels.find((name, index) => channels.indexOf(name) !== index);
  if (twice !== undefined) throw errors.WINDOW_INVALID({ problem: `two channels are called "${twice}"` });
  return result.data;
}

/** What has channels, and data that are no numbers. */
interface Unread {
  readonly channels: readonly string[];
  readonly data?: unknown;
}

/** Which value is wrong. A NaN is told as it is where the array is typed. */
function valueProblem({ channels, data }: Unread): MillraceError {
  if (!Array.isArray(data)) return errors.WINDOW_INVALID({ problem: `data is ${kindOf(data)}` });
  const index = data.findIndex((each) => !Number.isFinite(each));
  const value: unknown = data[index];
  if (typeof value !== 'number') return errors.WINDOW_INVALID({ problem: `data.${index} is ${kindOf(value)}` });
  const sample = Math.floor(index / channels.length);
  return errors.WINDOW_VALUE_INVALID({ channel: channels[index % channels.length] ?? '', sample, value });
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  return typeof value === 'object' ? (Array.isArray(value) ? 'an array' : 'an object') : `a ${typeof value}`;
}

// A function node's typed arrays come from another realm, and other element types hold samples too.
function withOwnRealm(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null) return payload;
  const { data } = payload as { data?: unknown };
  if (!ArrayBuffer.isView(data) || data instanceof DataView || data instanceof Float32Array) return payload;
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return payload;
  return { ...payload, data: Float32Array.from(data as unknown as ArrayLike<number>) };
}
