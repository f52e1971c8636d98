import type { RecordedMessage } from '../types.ts';

/**
 * Moves the times of messages so that a recording begins at another moment, spacing kept: `time`, and with it the `start` of a window
 * or summary, the time of a trigger and the `times` of a batch. What has no time is given none.
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
    const by = shift;
    const moved: Record<string, unknown> = { ...message, time: time + by };
    for (const key of BESIDE) if (typeof message[key] === 'number') moved[key] = message[key] + by;
    if (isWindow(payload)) moved['payload'] = { ...payload, start: payload.start + by };
    else if (isBatch(payload)) moved['payload'] = { ...payload, times: Array.from(payload.times, (each) => each + by) };
    return moved;
  };
}

/** Beside the payload: when a summary's period began, and when a window was triggered. */
const BESIDE = ['start', 'triggered'];

/** Several samples in one message. */
function isBatch(payload: unknown): payload is { readonly times: ArrayLike<number> } {
  const times = (payload as { times?: unknown } | null | undefined)?.times;
  return (Array.isArray(times) || ArrayBuffer.isView(times)) && (times as ArrayLike<unknown>).length > 0;
}

function isWindow(payload: unknown): payload is { readonly start: number } {
  if (typeof payload !== 'object' || payload === null) return false;
  const { start, rate, data } = payload as Record<string, unknown>;
  return typeof start === 'number' && typeof rate === 'number' && data !== undefined;
}
