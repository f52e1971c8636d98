import { crc32 } from 'node:zlib';
import type { Clock } from '../../base/index.ts';
import { errors } from '../errors.ts';
import { deadLetters as limit } from '../limits.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import type { DeadRow, DurableStore } from './durable-store.ts';
import type { Acknowledgement, DeadLetter, Queue } from './types.ts';
import type { createWriter } from './writer.ts';

type Head = Omit<DeadLetter, 'id' | 'destination' | 'body'>;

const checksum = (destination: string, head: string, body: string) => crc32([destination, head, body].join('\n'));

/** What the row says; `undefined` if its checksum is wrong. */
const parse = ({ id, destination, head, crc, body }: DeadRow): DeadLetter | undefined =>
  checksum(destination, head, body) === crc ? { id, destination, ...(JSON.parse(head) as Head), body } : undefined;

const PAGE = 1_000;

interface Options {
  readonly store: DurableStore;
  readonly clock: Clock;
  readonly acknowledgements: Acknowledgements;
  readonly writer: ReturnType<typeof createWriter>;
}

/** Messages that their destination refused. */
export async function createDeadLetters({ store, acknowledgements, writer }: Options) {
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

  return {
    pages,
    count: (destination: string) => counts.get(destination) ?? 0,
    /** @throws DEAD_LETTERS_FULL if so many more are too many */
    admit(count: number): void {
      if (count === 0 || all() + count <= limit.value) return;
      limit.cost(count);
      throw errors.DEAD_LETTERS_FULL({ letters: all(), limit: limit.value });
    },
    /** Notes what was refused and what was done with. @returns settled when that is on disk, if there is something */
    change(
      destination: string,
      sent: readonly number[],
      refused: Acknowledgement['refused'],
      refusedAt: number,
    ): Promise<void> | undefined {
      if (sent.length === 0 && refused.length === 0) return undefined;
      const { pending } = acknowledgements;
      pending.deadRemoved.push(...sent);
      moved(destination, -sent.length);
      for (const { item, code, reason } of refused) {
        const { stream, sequence, time, body, letter } = item;
        const head = JSON.stringify({ stream, sequence, time, refusedAt, code, reason, again: false } satisfies Head);
        const crc = checksum(destination, head, body);
        if (letter !== undefined) pending.deadChanged.push({ id: letter, head, crc });
        else {
          pending.dead.push({ destination, head, crc, body });
          moved(destination, 1);
        }
      }
      return new Promise<void>((resolve, reject) => pending.waiters.push({ resolve, reject }));
    },
    lost(_letters: readonly number[]): void {},
    list: (async ({ destination, after = 0, limit: most = 100 }) => {
      await writer.flush();
      return (await store.dead(destination, after, most)).flatMap((row) => parse(row) ?? []);
    }) as Queue['deadLetters'],
    /** [destination, stream] → the numbers that are kept. */
    async sequences(): Promise<ReadonlyMap<string, number[]>> {
      const sequences = new Map<string, number[]>();
      for await (const page of pages()) {
        for (const { destination, stream, sequence } of page) {
          const key = JSON.stringify([destination, stream]);
          sequences.set(key, [...(sequences.get(key) ?? []), sequence]);
        }
      }
      return sequences;
    },
  };
}
