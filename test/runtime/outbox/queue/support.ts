import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { openQueue, type QueueOptions } from '../../../../runtime/outbox/queue/open-queue.ts';
import type { Acknowledgement, Entry, Item, LaneReader, Queue } from '../../../../runtime/outbox/queue/types.ts';

/** A directory that is gone after the test. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-queue-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

export const QUOTA = 64 * 1024 * 1024;

/** A queue that is closed after the test. */
export async function queueIn(directory: string, options: Partial<QueueOptions> = {}): Promise<Queue> {
  const file = join(directory, 'outbox.sqlite');
  const queue = await openQueue({ file, gateway: 'g', clock: systemClock, quota: QUOTA, lingerMs: 1, ...options });
  onTestFinished(() => queue.close());
  return queue;
}

export const entry = (payload: unknown, more: Partial<Entry> = {}): Entry => ({
  destination: 'cloud',
  stream: 'pump',
  lane: 'live',
  open: JSON.stringify({ payload }).slice(0, -1),
  ttl: 0,
  ...more,
});

/** Puts in all of them at once. */
export const appendAll = (queue: Queue, payloads: readonly unknown[], more: Partial<Entry> = {}) =>
  Promise.all(payloads.map((payload) => queue.append(entry(payload, more))));

/** Everything that a reader has for now. */
export async function readAll(reader: LaneReader): Promise<Item[]> {
  const items: Item[] = [];
  for (let page = await reader.next(); page.length > 0; page = await reader.next()) items.push(...page);
  return items;
}

/** That these items were taken by the destination. */
export function done(items: readonly Item[], more: Partial<Acknowledgement> = {}): Acknowledgement {
  const reached = new Map<string, number>();
  for (const { stream, sequence, letter } of items) {
    if (letter === undefined) reached.set(stream, Math.max(sequence, reached.get(stream) ?? 0));
  }
  return {
    before: items.at(-1)?.next ?? { chunk: 0, index: 0 },
    reached,
    gaps: items.flatMap(({ stream, gap }) => (gap ? [{ stream, ...gap }] : [])),
    letters: items.flatMap(({ letter }) => (letter === undefined ? [] : [letter])),
    refused: [],
    ...more,
  };
}

/** What goes out, in short: payloads and gaps. */
export const wire = (items: readonly Item[]) =>
  items.map(({ body, gap }) => gap ?? (JSON.parse(body) as { payload: unknown }).payload);

/** The numbers 1 to `last`. */
export const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
