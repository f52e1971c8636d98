import { crc32 } from 'node:zlib';
import type { Gap } from '../../messages/index.ts';
import { ledgerGaps as limit } from '../limits.ts';
import type { DurableStore, NoteRow } from './durable-store.ts';

interface Told extends Gap {
  readonly destination: string;
  readonly stream: string;
}

const checksum = (id: number, text: string) => crc32(text, id >>> 0);
const keyOf = ({ destination, stream }: Told) => JSON.stringify([destination, stream]);
const parse = ({ id, text, crc }: NoteRow): Told | undefined =>
  checksum(id, text) === crc ? (JSON.parse(text) as Told) : undefined;

const PAGE = 2_000;

/** The gaps that receivers were told of: on disk, for the ledger. Those that follow one another are one. */
export async function createGaps(store: DurableStore) {
  const range = await store.gapRange();
  let { last: top } = range;
  let bottom = Math.max(1, range.first);
  let forgetting = false;
  /** The last of each stream, to be joined with the next. */
  const lasts = new Map<string, { readonly id: number; readonly told: Told }>();

  return {
    /** Notes them in rows that are to be written. */
    told(destination: string, gaps: readonly (Gap & { readonly stream: string })[], rows: Map<number, NoteRow>): void {
      for (const { stream, first, last, reason } of gaps) {
        let told: Told = { destination, stream, first, last, reason };
        const before = lasts.get(keyOf(told));
        const joins =
          before && before.told.reason === reason && before.told.first <= first && before.told.last + 1 >= first;
        if (joins) told = { ...told, first: before.told.first, last: Math.max(last, before.told.last) };
        const id = joins ? before.id : ++top;
        if (lasts.size > PAGE) lasts.clear();
        lasts.set(keyOf(told), { id, told });
        const text = JSON.stringify(told);
        rows.set(id, { id, text, crc: checksum(id, text) });
      }
    },
    /**
     * Where there are too many, the oldest are forgotten: the ledger then speaks of their streams only from there on.
     *
     * @returns the last row that is to be removed, and from where on the ledger speaks; nothing if there is room
     */
    async forget(): Promise<{ readonly upTo: number; readonly from: readonly Told[] } | undefined> {
      if (forgetting || top - bottom < limit.value + PAGE) return undefined;
      forgetting = true;
      try {
        const rows = await store.gaps(bottom - 1, PAGE);
        const upTo = rows.at(-1)?.id ?? bottom;
        limit.cost(rows.length);
        bottom = upTo + 1;
        return { upTo, from: rows.flatMap((row) => parse(row) ?? []) };
      } finally {
        forgetting = false;
      }
    },
    /** [destination, stream] → its gaps. */
    async all(): Promise<ReadonlyMap<string, Gap[]>> {
      const all = new Map<string, Gap[]>();
      let after = 0;
      for (let page = await store.gaps(0, PAGE); page.length > 0; page = await store.gaps(after, PAGE)) {
        after = page.at(-1)?.id ?? after;
        for (const row of page) {
          const told = parse(row);
          if (!told) continue;
          const { first, last, reason } = told;
          const of = all.get(keyOf(told));
          if (of) of.push({ first, last, reason });
          else all.set(keyOf(told), [{ first, last, reason }]);
        }
      }
      return all;
    },
  };
}

/** In order, and one where they touch or overlap for the same reason. */
export function mergeGaps(gaps: readonly Gap[]): Gap[] {
  const merged: Gap[] = [];
  for (const gap of [...gaps].sort((a, b) => a.first - b.first || a.last - b.last)) {
    const before = merged.at(-1);
    if (before && before.reason === gap.reason && gap.first <= before.last + 1) {
      merged[merged.length - 1] = { ...before, last: Math.max(before.last, gap.last) };
    } else merged.push(gap);
  }
  return merged;
}
