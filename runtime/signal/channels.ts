import { errors } from './errors.ts';
import { MAX_CHANNELS } from './schema.ts';

/** The channel of a reading that is a plain number. */
export const SINGLE_CHANNEL = 'value';

/** The value of a channel in a reading; `undefined` if it has none. */
export function valueOf(payload: unknown, channel: string): number | undefined {
  if (typeof payload === 'number') return channel === SINGLE_CHANNEL ? payload : undefined;
  if (typeof payload !== 'object' || payload === null || !Object.hasOwn(payload, channel)) return undefined;
  const value = (payload as Record<string, unknown>)[channel];
  return typeof value === 'number' ? value : undefined;
}

/**
 * The channels of a reading, in its own order.
 *
 * @throws READING_NOT_NUMERIC if it holds no number, or more numbers than a window has channels
 */
export function channelsOf(payload: unknown): string[] {
  if (typeof payload === 'number') return [SINGLE_CHANNEL];
  const isRecord = typeof payload === 'object' && payload !== null && !Array.isArray(payload);
  const names = isRecord ? Object.keys(payload).filter((name) => valueOf(payload, name) !== undefined) : [];
  if (names.length > 0 && names.length <= MAX_CHANNELS) return names;
  throw errors.READING_NOT_NUMERIC({ value: describe(payload) });
}

function describe(payload: unknown): string {
  if (typeof payload === 'string') return JSON.stringify(payload.slice(0, 40));
  if (Array.isArray(payload)) return 'an array';
  if (typeof payload === 'object' && payload !== null)
    return `an object with ${Object.keys(payload).length} properties`;
  return payload === undefined ? 'nothing' : `a ${typeof payload}`;
}
