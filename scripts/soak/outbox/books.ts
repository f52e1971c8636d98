/** Keeps what the outbox has taken against what has arrived: the promise, message by message. */
import type { WireMessage } from '../../../runtime/messages/index.ts';
import { BEHIND } from '../../../runtime/outbox/delivery/behind.ts';
import { BATCH, WINDOW } from '../../../runtime/outbox/senders/mqtt.ts';

/**
 * The most that an MQTT broker gets once more after a kill: the batches that are under way, and what was acknowledged and is not
 * on disk yet. Nothing is sent while that is more, so no more can come.
 */
export const MOST_REPEATS = WINDOW * BATCH + BEHIND - 1;

/** Where nobody tells connections apart. */
const ONLY = {};

export interface Verdict {
  readonly taken: number;
  readonly arrived: number;
  /** Taken and never arrived. */
  readonly lost: number;
  /** Arrived once more. */
  readonly repeats: number;
  /** The most that one and the same kill made come once more. */
  readonly repeatsAfterAKill: number;
  /** What must never be, in words: another message under a key, an order turned round, a gap that nobody asked for. */
  readonly wrong: readonly string[];
}

export interface Books {
  /** `put` has resolved. */
  taken(stream: string, sequence: number, n: number): void;
  /** @param over the connection it came over: a process has one */
  arrived(message: WireMessage, over?: object): void;
  verdict(): Verdict;
}

/** Messages have the number `n` as payload, or in it: whoever sent them gave each its own. */
export function openBooks(): Books {
  const taken = new Map<string, Map<number, number>>();
  const arrived = new Map<string, Map<number, { readonly n: number; over: object }>>();
  const last = new Map<string, number>();
  const wrong: string[] = [];
  let count = 0;
  let repeats = 0;
  /** What came once more, by the connection it had come over before: whose end is to blame. A lane may wait for some lives. */
  const again = new Map<object, number>();
  let most = 0;

  const of = <V>(map: Map<string, Map<number, V>>, stream: string) => {
    const held = map.get(stream) ?? new Map<number, V>();
    map.set(stream, held);
    return held;
  };

  return {
    taken(stream, sequence, n) {
      count++;
      const own = of(taken, stream);
      if (own.has(sequence)) wrong.push(`${stream}/${sequence} was given to ${own.get(sequence)} and to ${n}`);
      own.set(sequence, n);
    },
    arrived(message, over = ONLY) {
      const { stream, sequence } = message.key;
      if ('gap' in message) {
        const { first, last, reason } = message.gap as { first: number; last: number; reason: string };
        wrong.push(`${stream}: gap of ${first} to ${last}, ${reason}`);
        return;
      }
      const n = numberOf(message.payload);
      const own = of(arrived, stream);
      const before = own.get(sequence);
      if (before === undefined) {
        const end = last.get(stream) ?? 0;
        if (sequence < end) wrong.push(`${stream}/${sequence} first came after ${stream}/${end}`);
        last.set(stream, Math.max(sequence, end));
        own.set(sequence, { n, over });
        return;
      }
      if (before.n !== n) wrong.push(`${stream}/${sequence} was ${before.n}, and then ${n}`);
      repeats++;
      const times = (again.get(before.over) ?? 0) + 1;
      again.set(before.over, times);
      most = Math.max(most, times);
      before.over = over;
    },
    verdict() {
      let lost = 0;
      for (const [stream, own] of taken) {
        for (const [sequence, n] of own) {
          const came = arrived.get(stream)?.get(sequence)?.n;
          if (came === undefined) lost++;
          else if (came !== n) wrong.push(`${stream}/${sequence} was taken as ${n} and came as ${came}`);
        }
      }
      const sum = [...arrived.values()].reduce((total, own) => total + own.size, 0);
      return { taken: count, arrived: sum, lost, repeats, repeatsAfterAKill: most, wrong };
    },
  };
}

function numberOf(payload: unknown): number {
  return typeof payload === 'number' ? payload : Number((payload as { n?: unknown } | null)?.n);
}
