import { crc32 } from 'node:zlib';
import { errors } from '../errors.ts';
import { deadLetters as limit } from '../limits.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import type { DeadRow, DurableStore } from './durable-store.ts';
import type { createIntake } from './intake.ts';
import type { LaneState } from './lane-state.ts';
import type { Acknowledgement, DeadLetter, Queue } from './types.ts';

type Head = Omit<DeadLetter, 'id' | 'destination' | 'body'>;

const checksum = (destination: string, head: string, body: string) => crc32([destination, head, body].join('\n'));

/** What the row says; `undefined` if its checksum is wrong. */
const parse = ({ id, destination, head, crc, body }: DeadRow): DeadLetter | undefined =>
  checksum(destination, head, body) === crc ? { id, destination, ...(JSON.parse(head) as Head), body } : undefined;

/** The row of a letter with some of it changed. */
function headOf({ id, destination, body, ...rest }: DeadLetter, change: Partial<Head>) {
  const { stream, sequence, time, refusedAt, code, reason, again } = { ...rest, ...change };
  const head = JSON.stringify({ stream, sequence, time, refusedAt, code, reason, again } satisfies Head);
  return { id, head, crc: checksum(destination, head, body) };
}

const PAGE = 1_000;

interface DeadLettersOptions {
  readonly store: DurableStore;
  readonly acknowledgements: Acknowledgements;
  readonly intake: ReturnType<typeof createIntake>;
  readonly bulkOf: (destination: string) => LaneState;
  readonly flush: () => Promise<void>;
  readonly urgent: () => void;
}

/** Messages that their destination refused: kept until somebody sends them again or deletes them. */
export async function createDeadLetters(options: DeadLettersOptions) {
  const { store, acknowledgements, intake, bulkOf, flush, urgent } = options;
  const counts = new Map(await store.deadCounts());
  const all = () => [...counts.values()].reduce((sum, count) => sum + count, 0);
  const moved = (destination: string, by: number) =>
    counts.set(destination, Math.max(0, (counts.get(destination) ?? 0) + by));

  const pages = async function* (destination?: string) {
    let after = 0;
    for (;;) {
      const page = await store.dead(destination, after, PAGE);
      if (page.length === 0) return;
      after = page.at(-1)?.id ?? after;
      yield page.flatMap((row) => parse(row) ?? []);
    }
  };

  /** Those of a destination that are not on their way already, some or all, a chunk of them at a time. */
  const chosen = async function* (destination: string, ids?: readonly number[]) {
    await flush();
    const wanted = ids && new Set(ids);
    for await (const page of pages(destination)) {
      const letters = page.filter(({ id, again }) => !again && (!wanted || wanted.has(id)));
      if (letters.length > 0) yield letters;
    }
  };

  return {
    count: (destination: string) => counts.get(destination) ?? 0,
    /** @throws DEAD_LETTERS_FULL if so many more are too many */
    admit(count: number): void {
      if (count === 0 || all() + count <= limit.value) return;
      limit.cost(count);
      throw errors.DEAD_LETTERS_FULL({ letters: all(), limit: limit.value });
    },
    /** Notes what was refused and what is done with. @returns settled when it is on disk; nothing if there is nothing */
    change(
      destination: string,
      sent: readonly number[],
      refused: Acknowledgement['refused'],
      refusedAt: number,
    ): Promise<void> | undefined {
      if (sent.length === 0 && refused.length === 0) return undefined;
      const { pending } = acknowledgements;
      const again = new Set(refused.map(({ item }) => item.letter));
      const gone = sent.filter((id) => !again.has(id));
      pending.deadRemoved.push(...gone);
      moved(destination, -gone.length);
      for (const { item, code, reason } of refused) {
        const { stream, sequence, time, body, letter } = item;
        const row = headOf(
          { id: letter ?? 0, destination, stream, sequence, time, refusedAt, code, reason, body, again: false },
          {},
        );
        if (letter !== undefined) pending.deadChanged.push(row);
        else {
          pending.dead.push({ destination, head: row.head, crc: row.crc, body });
          moved(destination, 1);
        }
      }
      return new Promise<void>((resolve, reject) => pending.waiters.push({ resolve, reject }));
    },
    /** Letters whose copy in the queue is damaged: they wait for somebody again. */
    async lost(destination: string, ids: readonly number[]): Promise<void> {
      const wanted = new Set(ids);
      for await (const page of pages(destination)) {
        const letters = page.filter(({ id, again }) => again && wanted.has(id));
        acknowledgements.pending.deadChanged.push(...letters.map((letter) => headOf(letter, { again: false })));
      }
      urgent();
    },
    async retry(destination: string, ids?: readonly number[]): Promise<number> {
      let count = 0;
      for await (const letters of chosen(destination, ids)) {
        const resent = letters.map((letter) => ({ ...letter, ...headOf(letter, { again: true }) }));
        await intake.addLetters(bulkOf(destination), { texts: letters.map(({ body }) => body), resent });
        count += letters.length;
      }
      return count;
    },
    /** @param tell told of each that is gone */
    async remove(
      destination: string,
      ids: readonly number[] | undefined,
      tell: (letter: DeadLetter, lane: LaneState) => void,
    ): Promise<number> {
      let count = 0;
      const lane = bulkOf(destination);
      for await (const letters of chosen(destination, ids)) {
        const deleted = letters.map(({ id, stream, sequence }) => ({ id, stream, sequence }));
        await intake.addLetters(lane, { texts: [], deleted });
        moved(destination, -letters.length);
        for (const letter of letters) tell(letter, lane);
        count += letters.length;
      }
      return count;
    },
    list: (async ({ destination, after = 0, limit: most = 100 }) => {
      await flush();
      return (await store.dead(destination, after, most)).flatMap((row) => parse(row) ?? []);
    }) satisfies Queue['deadLetters'],
    /** [destination, stream] → the numbers that are kept. */
    async sequences(): Promise<ReadonlyMap<string, number[]>> {
      const sequences = new Map<string, number[]>();
      for await (const page of pages()) {
        for (const { destination, stream, sequence } of page) {
          const key = JSON.stringify([destination, stream]);
          const of = sequences.get(key);
          if (of) of.push(sequence);
          else sequences.set(key, [sequence]);
        }
      }
      return sequences;
    },
  };
}
