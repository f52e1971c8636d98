import { type Body, type Head, unpackBody } from './chunk.ts';
import type { ChunkRow } from './durable-store.ts';
import { EXPIRED } from './drops.ts';
import { STEP } from './lane-state.ts';
import type { Streams } from './streams.ts';
import type { Item, Place } from './types.ts';
import { gapText, withKey } from './wire.ts';

export const DAMAGED = 'damaged on disk';
const ELSEWHERE = 'not sent to this destination';

/** What turns chunks into what goes out. */
export interface ItemsOptions {
  readonly streams: Streams;
  readonly gateway: string;
  readonly age: () => number;
  /** A gap was found that nobody knew of: what expired one by one, or was damaged. */
  readonly found: (item: Item) => void;
  /** Letters whose copy in the queue is damaged: they wait for somebody again. */
  readonly lost: (letters: readonly number[]) => void;
}

type Where = Pick<Item, 'place' | 'next' | 'stream' | 'time'>;

/** A gap as it goes out. */
export function gapItem(
  gateway: string,
  where: Where,
  first: number,
  last: number,
  reason: string,
  messages?: number,
): Item {
  const gap = { first, last, reason };
  const body = gapText(gateway, where.stream, gap);
  return { ...where, sequence: last, body, bytes: 0, messages: messages ?? last - first + 1, gap };
}

/**
 * A chunk as what goes out, from a place in it on.
 *
 * @param reached stream → the last number that was handed out; kept up to date here
 */
export function toItems(
  { streams, gateway, age, found, lost }: ItemsOptions,
  reached: Map<string, number>,
  row: ChunkRow,
  head: Head,
  from: number,
): Item[] {
  const items: Item[] = [];
  const { destination, time, runs } = head;
  const chunk = row.chunk;
  const end = { chunk: chunk + 1, index: 0 };
  const at = (index: number): Place => ({ chunk, index });
  // What the stream sent by another lane meanwhile is acknowledged: it came back to this one only then.
  const reachedIn = (stream: string, otherwise: number) =>
    Math.max(reached.get(stream) ?? 0, streams.find(destination, stream)?.acknowledged ?? 0) || otherwise;

  /** What is missing before a run. */
  const before = (run: (typeof runs)[number], index: number) => {
    const { stream, first, previous } = run;
    if (previous < 0) return;
    const known = reachedIn(stream, previous);
    const where = { next: at(index), stream, time };
    if (known < previous) {
      const item = gapItem(gateway, { ...where, place: at(index) }, known + 1, previous, DAMAGED);
      items.push(item);
      found(item);
    }
    const start = Math.max(previous, known) + 1;
    if (previous > 0 && start < first) {
      items.push(
        gapItem(gateway, { ...where, place: at(index + 1), next: at(index + 2) }, start, first - 1, ELSEWHERE, 0),
      );
    }
    reached.set(stream, Math.max(known, first - 1));
  };

  /** All of it is gone. */
  const gone = (reason: string, isFound: boolean) => {
    if (head.letters) {
      lost(head.letters);
      return;
    }
    runs.forEach((run, index) => {
      before(run, index * STEP);
      const first = run.previous < 0 ? run.first : (reached.get(run.stream) ?? 0) + 1;
      if (first > run.last) return;
      const next = index === runs.length - 1 ? end : at((index + 1) * STEP);
      const where = { place: at(index * STEP + 2), next, stream: run.stream, time };
      const item = gapItem(gateway, where, first, run.last, reason, isFound ? undefined : 1);
      items.push(item);
      if (isFound) found(item);
      if (run.previous >= 0) reached.set(run.stream, run.last);
    });
    const last = items.at(-1);
    if (last) items[items.length - 1] = { ...last, next: end };
  };

  if (head.reason !== undefined) {
    gone(head.reason, false);
    return items.filter((item) => item.place.index >= from);
  }
  const body = unpackBody(row.body, head);
  if (!body) {
    gone(DAMAGED, true);
    return items;
  }
  const now = age();
  const counts = runs.map(() => 0);
  const { texts, runs: order, ttl } = body;
  const isWhole = wholeOf(body);
  for (let index = 0; index < texts.length; index += 1) {
    const which = order?.[index] ?? 0;
    const run = runs[which];
    const text = texts[index];
    if (!run || text === undefined) continue;
    const nth = counts[which] ?? 0;
    counts[which] = nth + 1;
    const { stream } = run;
    const sequence = run.first + nth;
    if ((index + 1) * STEP <= from) {
      if (run.previous >= 0) reached.set(stream, Math.max(sequence, reached.get(stream) ?? 0));
      continue;
    }
    if (nth === 0) before(run, index * STEP);
    const next = index === texts.length - 1 ? end : at((index + 1) * STEP);
    const where = { place: at(index * STEP + STEP - 1), next, stream, time };
    const own = typeof ttl === 'object' ? (ttl[index] ?? 0) : (ttl ?? 0);
    if (own > 0 && head.age + own <= now) {
      const item = gapItem(gateway, where, sequence, sequence, EXPIRED);
      found(item);
      const last = items.at(-1);
      const joins = last?.gap?.reason === EXPIRED && last.stream === stream && last.gap.last === sequence - 1;
      if (joins && last.gap) {
        items[items.length - 1] = gapItem(gateway, { ...last, next }, last.gap.first, sequence, EXPIRED);
      } else items.push(item);
    } else {
      const body = isWhole(index) ? text : withKey(text, { gateway, stream, sequence });
      const letter = head.letters?.[index];
      const message = { ...where, sequence, body, bytes: Buffer.byteLength(body), messages: 1 };
      items.push(letter === undefined ? message : { ...message, letter });
    }
    if (run.previous >= 0) reached.set(stream, sequence);
  }
  return items;
}

function wholeOf({ whole }: Body): (index: number) => boolean {
  if (whole === undefined) return () => false;
  if (whole === true) return () => true;
  const set = new Set(whole);
  return (index) => set.has(index);
}
