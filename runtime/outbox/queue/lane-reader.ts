import { endOf, unpackHead } from './chunk.ts';
import type { ChunkRow, DurableStore } from './durable-store.ts';
import { DAMAGED, gapItem, type ItemsOptions, toItems } from './items.ts';
import type { LaneState } from './lane-state.ts';
import type { Item, LaneReader, Place } from './types.ts';

interface ReaderOptions extends ItemsOptions {
  readonly state: LaneState;
  readonly store: DurableStore;
}

/** Bytes on disk that one reading may take. */
const READ = 256 * 1024;

/** Reads a lane chunk by chunk. Numbers that its destination will never see come as gaps, where they were missed. */
export function createLaneReader(options: ReaderOptions): LaneReader {
  const { state, store } = options;
  const reached = new Map<string, number>();
  let place: Place = state.cursor;
  let rows: ChunkRow[] = [];
  /** As of when they were read: what was dropped since is no longer what they say. */
  let drops = state.drops;
  let damage = false;
  // Chunks of an earlier session that come again are no longer under way.
  state.known.clear();
  state.handed = Math.min(state.handed, place.chunk - 1);

  const readOn = async () => {
    const average = state.bytes / Math.max(1, state.top - state.cursor.chunk + 1);
    const limit = Math.max(1, Math.min(256, Math.floor(READ / Math.max(average, 256))));
    rows = [...(await store.chunks(state.number, place.chunk, limit))];
  };

  const itemsOf = (row: ChunkRow): Item[] => {
    const head = unpackHead(row);
    const next = { chunk: row.chunk + 1, index: 0 };
    const from = row.chunk === place.chunk ? place.index : 0;
    place = next;
    state.handed = Math.max(state.handed, row.chunk);
    const stored = row.head.length + (row.body?.length ?? 0);
    if (!head) {
      damage = true;
      return [];
    }
    state.known.set(row.chunk, {
      start: head.before,
      end: endOf(head),
      load: head.load,
      time: head.time,
      stored,
    });
    if (state.cursor.chunk === row.chunk) state.oldest = head.time;
    return toItems(options, reached, row, head, from);
  };

  /** At the end of a lane in which a chunk was lost: what of its streams never comes. */
  const missing = (): Item[] => {
    damage = false;
    const last = { chunk: state.top, index: 0 };
    const next = { chunk: state.top + 1, index: 0 };
    const items: Item[] = [];
    for (const { stream, last: end, acknowledged, lane } of options.streams.ofDestination(state.destination)) {
      const from = Math.max(reached.get(stream) ?? 0, acknowledged) + 1;
      if (lane !== state || from > end) continue;
      items.push(gapItem(options.gateway, { place: last, next, stream, time: 0 }, from, end, DAMAGED));
      reached.set(stream, end);
    }
    if (items.length === 0 && state.cursor.chunk >= state.top) state.moveTo(next);
    items.forEach(options.found);
    return items;
  };

  const read = async (): Promise<readonly Item[]> => {
    for (;;) {
      if (drops !== state.drops) [drops, rows] = [state.drops, []];
      const { top } = state;
      if (rows.length === 0) await readOn();
      const row = rows.shift();
      if (!row) {
        // A chunk that was written while the disk was asked is not lost.
        if (place.chunk > top && place.chunk <= state.top) continue;
        if (place.chunk <= top) damage = true;
        place = { chunk: Math.max(place.chunk, state.top + 1), index: place.chunk > state.top ? place.index : 0 };
        return damage ? missing() : [];
      }
      const items = itemsOf(row);
      if (items.length > 0) return items;
    }
  };

  return { next: () => (place.chunk > state.top && !damage ? Promise.resolve([]) : state.exclusively(read)) };
}
