import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Dropped } from '../../../../runtime/outbox/queue/types.ts';
import { appendAll, done, entry, queueIn, readAll, temporaryDirectory, upTo } from './support.ts';

/** A repeatable stream of numbers below `below`. @see Marsaglia (2003), xorshift32 */
function numbers(seed: number) {
  let state = seed;
  return (below: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

async function flip(file: string, places: readonly { readonly byte: number; readonly bit: number }[]) {
  const bytes = await readFile(file);
  for (const { byte, bit } of places) bytes[byte] = (bytes[byte] ?? 0) ^ (1 << bit);
  await writeFile(file, bytes);
}

const RECORDS = 100_000;
const reading = (n: number) => ({ n, temperature: 20 + (n % 100) / 10, vibration: (n * 7919) % 1000, unit: 'C' });

async function filled(chunkMessages: number) {
  const directory = await temporaryDirectory();
  const queue = await queueIn(directory, { chunkMessages });
  for (let from = 0; from < RECORDS; from += 10_000) {
    await appendAll(
      queue,
      upTo(10_000).map((n) => reading(from + n)),
    );
  }
  await queue.close();
  return { directory, file: join(directory, 'outbox.sqlite') };
}

/** Opens, reads everything, and holds each record against what was written. */
async function drain(directory: string) {
  const queue = await queueIn(directory);
  const dropped: Dropped[] = [];
  queue.onDropped((one) => dropped.push(one));
  const next = await queue.append(entry(reading(0)));
  const items = await readAll(queue.reader('cloud', 'live'));
  const came = new Set<number>();
  let missing = 0;
  for (const { body, gap, sequence } of items) {
    if (gap) missing += gap.last - gap.first + 1;
    else if (sequence <= RECORDS) {
      expect(JSON.parse(body)).toEqual({ payload: reading(sequence), key: { gateway: 'g', stream: 'pump', sequence } });
      came.add(sequence);
    }
  }
  await queue.acknowledge('cloud', 'live', done(items));
  expect(queue.backlog('cloud')).toMatchObject([{ depth: 0 }]);
  const { warning } = queue;
  await queue.close();
  return { came, missing, next: next.key.sequence, warning, dropped };
}

describe('twenty flipped bits in a hundred thousand records', () => {
  for (const [chunkMessages, seed] of [
    [1_000, 2_463_534_242],
    [1_000, 88_172_645],
    [100, 521_288_629],
  ] as const) {
    it(`cost no more than the chunks that they hit, of ${chunkMessages}, and no record is wrong (${seed})`, async () => {
      const { directory, file } = await filled(chunkMessages);
      const { length } = await readFile(file);
      const next = numbers(seed);
      await flip(
        file,
        upTo(20).map(() => ({ byte: next(length), bit: next(8) })),
      );
      const drained = await drain(directory);
      expect(drained.came.size).toBeGreaterThanOrEqual(RECORDS - 20 * chunkMessages);
      // A number that was given before is not given again, and what is lost was told.
      expect(drained.next).toBeGreaterThan(RECORDS);
      if (drained.next === RECORDS + 1) expect(drained.came.size + drained.missing).toBe(RECORDS);
      else expect(drained.came.size + drained.missing).toBeGreaterThanOrEqual(RECORDS);
      const told = drained.dropped.reduce((sum, { messages }) => sum + messages, 0);
      if (drained.came.size < RECORDS) expect(told).toBeGreaterThan(0);
    }, 120_000);
  }
});

it('is found in the log as well, of which SQLite itself would forget everything behind the damage', async () => {
  const directory = await temporaryDirectory();
  const queue = await queueIn(directory);
  for (let n = 1; n <= 60; n += 1) await queue.append(entry(reading(n)));
  // As a kill leaves it: with its log.
  const killed = join(directory, 'killed');
  await mkdir(killed);
  for (const suffix of ['', '-wal']) {
    await copyFile(join(directory, `outbox.sqlite${suffix}`), join(killed, `outbox.sqlite${suffix}`));
  }
  const log = join(killed, 'outbox.sqlite-wal');
  const bytes = await readFile(log);
  const at = bytes.indexOf(JSON.stringify(reading(20)).slice(1, -1));
  expect(at).toBeGreaterThan(0);
  await flip(log, [{ byte: at + 3, bit: 1 }]);

  const again = await queueIn(killed);
  const items = await readAll(again.reader('cloud', 'live'));
  const came = items.filter(({ gap }) => !gap).map(({ sequence }) => sequence);
  const lost = items.flatMap(({ gap }) => (gap ? upTo(60).filter((n) => n >= gap.first && n <= gap.last) : []));
  expect([...came, ...lost].sort((a, b) => a - b)).toEqual(upTo(60));
  expect(lost.length).toBeLessThanOrEqual(4);
  for (const { body, gap, sequence } of items) {
    if (!gap) expect(JSON.parse(body)).toMatchObject({ payload: reading(sequence) });
  }
  expect((await again.append(entry(reading(61)))).key.sequence).toBeGreaterThan(60);
});
