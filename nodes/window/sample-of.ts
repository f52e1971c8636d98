import type { NodeMessage } from '../../runtime/node-red/index.ts';
import type { Sample } from '../../runtime/signal/index.ts';

interface Read {
  readonly payload: unknown;
  readonly flagged: boolean;
  now(): number;
}

const isTimes = (value: unknown): value is ArrayLike<number> => Array.isArray(value) || ArrayBuffer.isView(value);

/** What a window takes of a message. Without a time of its own, a reading was taken when it arrived. */
export function sampleOf(message: NodeMessage, { payload, flagged, now }: Read): Sample {
  const { time, rate, times, topic, source } = message;
  const name = typeof topic === 'string' && topic !== '' ? topic : source;
  return {
    payload: payload as Sample['payload'],
    time: typeof time === 'number' ? time : now(),
    rate: typeof rate === 'number' ? rate : undefined,
    times: isTimes(times) ? times : undefined,
    name: typeof name === 'string' ? name : undefined,
    flagged,
    origin: message,
  };
}
