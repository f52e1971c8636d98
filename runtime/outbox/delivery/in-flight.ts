import type { Deliverable } from '../queue/deliverables.ts';

interface Sent {
  readonly batch: readonly Deliverable[];
  done: boolean;
}

/** What was sent and is not acknowledged, in order. Acknowledgements may come in any order. */
export function createInFlight() {
  let sent: Sent[] = [];
  return {
    get size(): number {
      return sent.length;
    },
    /** When the oldest of them was taken, ms since the epoch. */
    get oldest(): number | undefined {
      return sent[0]?.batch.find(({ time }) => time !== undefined)?.time;
    },
    add(batch: readonly Deliverable[]): Sent {
      const one: Sent = { batch, done: false };
      sent.push(one);
      return one;
    },
    /** @returns what is now acknowledged without a hole before it: the cursor may move behind it */
    acknowledge(one: Sent): readonly Deliverable[] {
      one.done = true;
      const end = sent.findIndex(({ done }) => !done);
      const ready = end === -1 ? sent : sent.slice(0, end);
      sent = end === -1 ? [] : sent.slice(end);
      return ready.flatMap(({ batch }) => batch);
    },
  };
}
