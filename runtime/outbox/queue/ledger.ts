import type { Gap } from '../../messages/index.ts';
import { unpackHead } from './chunk.ts';
import type { DurableStore } from './durable-store.ts';
import { mergeGaps } from './gaps.ts';
import type { LaneState } from './lane-state.ts';
import type { Streams } from './streams.ts';
import type { LedgerStream } from './types.ts';

const PAGE = 256;

/** What each receiver must hold: how far each stream came, and what it was told, or will be, never comes. */
export async function writeLedger(
  store: DurableStore,
  streams: Streams,
  lanes: { all(): Iterable<LaneState> },
  told: ReadonlyMap<string, readonly Gap[]>,
  dead: ReadonlyMap<string, readonly number[]>,
): Promise<readonly LedgerStream[]> {
  const coming = await stillToTell(store, lanes);
  return [...streams.all()]
    .filter(({ first }) => first > 0)
    .map(({ destination, stream, first: begun, from, last, acknowledged, relayed }): LedgerStream => {
      const key = JSON.stringify([destination, stream]);
      const first = Math.max(begun, from);
      const gaps = mergeGaps([...(told.get(key) ?? []), ...(coming.get(key) ?? [])]).filter((gap) => gap.last >= first);
      const letters = (dead.get(key) ?? []).toSorted((a, b) => a - b);
      return {
        ...{ destination, stream, first, appended: last, acknowledged, gaps, dead: letters },
        ...(relayed && { relayed }),
      };
    });
}

/** Chunks that were dropped and wait to be told. */
async function stillToTell(store: DurableStore, lanes: { all(): Iterable<LaneState> }) {
  const gaps = new Map<string, Gap[]>();
  for (const lane of lanes.all()) {
    if (lane.empty) continue;
    for (let from = lane.cursor.chunk; ;) {
      const rows = await store.droppedHeads(lane.number, from, PAGE);
      for (const row of rows) {
        const head = unpackHead(row);
        if (head?.reason === undefined) continue;
        for (const { stream, first, last } of head.runs) {
          const key = JSON.stringify([lane.destination, stream]);
          const gap = { first, last, reason: head.reason };
          const of = gaps.get(key);
          if (of) of.push(gap);
          else gaps.set(key, [gap]);
        }
      }
      from = (rows.at(-1)?.chunk ?? 0) + 1;
      if (rows.length < PAGE) break;
    }
  }
  return gaps;
}
