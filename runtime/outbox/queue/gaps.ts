import { crc32 } from 'node:zlib';
import type { Gap } from '../../messages/index.ts';
import type { DurableStore, NoteRow } from './durable-store.ts';

interface Told extends Gap {
  readonly destination: string;
  readonly stream: string;
}

const checksum = (id: number, text: string) => crc32(text, id >>> 0);
const keyOf = ({ destination, stream }: Told) => JSON.stringify([destination, stream]);
const parse = ({ id, text, crc }: NoteRow): Told | undefined =>
  checksum(id, text) === crc ? (JSON.parse(text) as Told) : undefined;

const PAGE = 5_000;

/** The gaps that receivers were told of: on disk, for the ledger. Those that follow one another are one. */
export async function createGaps(store: DurableStore) {
  let top = (await store.gaps(Number.MAX_SAFE_INTEGER - 1, 1)).at(-1)?.id ?? 0;
  for (let page = await store.gaps(top, PAGE); page.length > 0; page = await store.gaps(top, PAGE)) {
    top = page.at(-1)?.id ?? top;
  }
  /** The last of each stream, to be joined with the next. */
  const lasts = new Map<string, { id: number; told: Told }>();
  return {
    told(destination: string, gaps: readonly (Gap & { readonly stream: string })[], rows: Map<number, NoteRow>): void {
      for (const { stream, first, last, reason } of gaps) {
        const told: Told = { destination, stream, first, last, reason };
        const before = lasts.get(keyOf(told));
        const joins = before?.told.reason === reason && before.told.last + 1 >= first && before.told.first <= first;
        const id = joins && before ? before.id : ++top;
        const whole =
          joins && before ? { ...told, first: before.told.first, last: Math.max(last, before.told.last) } : told;
        lasts.set(keyOf(told), { id, told: whole });
        const text = JSON.stringify(whole);
        rows.set(id, { id, text, crc: checksum(id, text) });
      }
    },
    async all(): Promise<ReadonlyMap<string, Gap[]>> {
      const all = new Map<string, Gap[]>();
      let after = 0;
      for (let page = await store.gaps(0, PAGE); page.length > 0; page = await store.gaps(after, PAGE)) {
        after = page.at(-1)?.id ?? after;
        for (const row of page) {
          const told = parse(row);
          if (!told) continue;
          const { first, last, reason } = told;
          const of = all.get(keyOf(told)) ?? [];
          all.set(keyOf(told), of);
          of.push({ first, last, reason });
        }
      }
      return all;
    },
  };
}
