import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../../runtime/base/index.ts';
import { appendAll, entry, queueIn, temporaryDirectory } from './support.ts';

it('gives no number twice when damage comes again, though the clock was set back in between', async () => {
  const directory = await temporaryDirectory();
  const lose = () => {
    const database = new DatabaseSync(join(directory, 'outbox.sqlite'));
    database.exec(`DELETE FROM note WHERE text LIKE '%"pump"%'; DELETE FROM chunk`);
    database.close();
  };
  const given: number[] = [];
  // The third time it wakes up in 1970.
  for (const wall of [Date.now(), Date.now(), 60_000]) {
    const clock: Clock = { ...systemClock, now: () => wall };
    const queue = await queueIn(directory, { clock });
    for (const { key } of await appendAll(queue, [1, 2, 3])) given.push(key.sequence);
    await queue.append(entry('other', { stream: 'fan' }));
    await queue.close();
    lose();
  }
  expect(given).toEqual([...new Set(given)].sort((a, b) => a - b));
  expect(given.every(Number.isSafeInteger)).toBe(true);
});
