import type { Item } from '../queue/types.ts';
import type { Refused } from './refused.ts';

/** What was handed out together. */
export interface Sent {
  readonly items: readonly Item[];
  /** Those that the destination will never take. */
  readonly refused: Refused[];
  done: boolean;
}

/** What was sent and is not acknowledged, in order. Acknowledgements may come in any order. */
export function createInFlight() {
  let sent: Sent[] = [];
  let open = 0;
  return {
    /** How many are not done. */
    get open(): number {
      return open;
    },
    /** Of those, the most items that one has. */
    get largest(): number {
      return sent.reduce((most, one) => (one.done ? most : Math.max(most, one.items.length)), 0);
    },
    add(items: readonly Item[]): Sent {
      const one: Sent = { items, refused: [], done: false };
      sent.push(one);
      open += 1;
      return one;
    },
    /** @returns what is now done without a hole before it: the cursor may move behind it */
    settle(one: Sent): readonly Sent[] {
      one.done = true;
      open -= 1;
      if (sent[0] === one && sent.length === 1) {
        sent = [];
        return [one];
      }
      const end = sent.findIndex(({ done }) => !done);
      const ready = end === -1 ? sent : sent.slice(0, end);
      if (ready.length > 0) sent = end === -1 ? [] : sent.slice(end);
      return ready;
    },
  };
}
