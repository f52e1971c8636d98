import { add, endOf, type Head, type Load, NOTHING, subtract, unpackHead } from './chunk.ts';
import type { DurableStore, HeadRow } from './durable-store.ts';
import type { Lane } from '../schema.ts';

/** A stream as the directories on disk know it. */
export interface FoundStream {
  readonly destination: string;
  readonly stream: string;
  readonly first: number;
  /** Before the first of it that is on disk, its destination had got this one. */
  readonly previous: number;
  readonly last: number;
  readonly lane: number;
  readonly chunk: number;
}

/** A lane as the directories on disk know it. */
export interface FoundLane {
  readonly number: number;
  readonly destination: string;
  readonly lane: Lane;
  readonly heads: { readonly row: HeadRow; readonly head: Head }[];
  /** With what cannot be read. */
  top: number;
  bytes: number;
}

const PAGE = 2_000;

/**
 * Reads every directory. After damage notes may be missing; what they said is found here, as far as it is still on disk.
 * This takes a second for a hundred thousand chunks, so it is done only then.
 */
export async function findAll(store: DurableStore) {
  const lanes = new Map<number, FoundLane>();
  const streams = new Map<string, FoundStream>();
  let after = { lane: 0, chunk: 0 };
  for (let page = await store.allHeads(after, PAGE); page.length > 0; page = await store.allHeads(after, PAGE)) {
    for (const row of page) {
      after = { lane: row.lane, chunk: row.chunk };
      const head = unpackHead(row);
      const held = lanes.get(row.lane);
      if (held) {
        held.top = row.chunk;
        held.bytes += row.bytes;
      }
      if (!head) continue;
      const { destination, lane } = head;
      const found = held ?? { number: row.lane, destination, lane, heads: [], top: row.chunk, bytes: row.bytes };
      lanes.set(row.lane, found);
      found.heads.push({ row, head });
      for (const { stream, first, last, previous } of head.runs) {
        if (previous < 0) continue;
        const key = JSON.stringify([destination, stream]);
        const before = streams.get(key);
        const at = !before || last > before.last ? { last, lane: row.lane, chunk: row.chunk } : before;
        const start = !before || first < before.first ? { first, previous } : before;
        streams.set(key, {
          ...{ destination, stream },
          ...{ first: start.first, previous: start.previous },
          ...{ last: at.last, lane: at.lane, chunk: at.chunk },
        });
      }
    }
  }
  return { lanes, streams };
}

/** What waits behind a chunk, and what was taken before it: counted anew, for what is lost is not waited for. */
export function countAnew(found: FoundLane, cursor: number): { done: Load; total: Load; gone: Load } {
  const heads = found.heads.filter(({ row }) => row.chunk >= cursor).map(({ head }) => head);
  const last = found.heads.at(-1)?.head;
  const total = last ? endOf(last) : NOTHING;
  const [first] = heads;
  const done = first ? first.before : total;
  const waits = heads.reduce((sum, { load }) => add(sum, load), NOTHING);
  return { done, total, gone: subtract(subtract(total, done), waits) };
}
