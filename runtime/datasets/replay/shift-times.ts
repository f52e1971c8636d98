import type { RecordedMessage } from '../types.ts';

/**
 * Moves the times of messages so that a recording begins at another moment, spacing kept: `time`, and the `start` of a window
 * with it. What has no time is given none.
 *
 * @param begin ms since the epoch: what the recording's start becomes
 */
export function createShift(begin: number) {
  let shift: number | undefined;
  return ({ at, message }: RecordedMessage): Record<string, unknown> => {
    const { time, payload } = message;
    if (typeof time !== 'number') return message;
    // Told by the first message: it stands where it stood, `at` after the start.
    shift ??= begin + at - time;
    const moved = { ...message, time: time + shift };
    return isWindow(payload) ? { ...moved, payload: { ...payload, start: payload.start + shift } } : moved;
  };
}

function isWindow(payload: unknown): payload is { readonly start: number } {
  if (typeof payload !== 'object' || payload === null) return false;
  const { start, rate, data } = payload as Record<string, unknown>;
  return typeof start === 'number' && typeof rate === 'number' && data !== undefined;
}
