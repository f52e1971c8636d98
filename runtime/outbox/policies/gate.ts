import type { Sending } from '../schema.ts';
import type { Hold, Share, Waiting } from './types.ts';

/** Holds lanes back until it is time. */
export interface Gate {
  /** What waits just now in every lane, also where it is nothing: before each round of questions. */
  look?(lanes: readonly Waiting[]): void;
  /** Whether what waits in a lane may go out yet, and how much of it at once. */
  admit(waiting: Waiting): Share | Hold;
}

export const isHold = (answer: object): answer is Hold => 'at' in answer;

/** Everything goes out as it comes. */
export const eachGate: Gate = { admit: () => ({ messages: Infinity, bytes: Infinity }) };

/**
 * Holds a batch back until it is full, by count or bytes, or its oldest message is old enough. An age is believed for as long
 * as it grows with the monotonic clock: where the wall clock is set back, a batch waits for its time once more at most.
 */
export function batchGate(
  { messages, bytes, seconds }: Pick<Sending, 'messages' | 'bytes' | 'seconds'>,
  clock: { now(): number; monotonic(): number },
): Gate {
  const patience = seconds * 1_000;
  const heads = new Map<string, { readonly position: number; readonly due: number }>();
  return {
    admit({ lane, position, age, ...waiting }) {
      const now = clock.monotonic();
      let head = heads.get(lane);
      if (head?.position !== position) {
        head = { position, due: now + Math.max(0, patience - Math.max(0, age)) };
        heads.set(lane, head);
      }
      const full = waiting.messages >= messages || waiting.bytes >= bytes;
      if (full || now >= head.due) return { messages, bytes };
      return { at: head.due, reason: 'batch', until: clock.now() + head.due - now };
    },
  };
}
