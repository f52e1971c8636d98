import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { done, entry, queueIn, readAll, temporaryDirectory, wire } from './support.ts';

const SAMPLES = join(import.meta.dirname, '../../../samples');

it('opens a file of format 1 and goes on with all that it holds', async () => {
  const directory = await temporaryDirectory();
  const file = join(directory, 'outbox.sqlite');
  await copyFile(join(SAMPLES, 'outbox-1.sqlite'), file);
  const before = new DatabaseSync(file);
  const rows = before.prepare('SELECT sequence, body FROM record ORDER BY id').all();
  before.close();
  expect(rows).toHaveLength(3);

  for (const attempt of ['first', 'second']) {
    const queue = await queueIn(directory);
    expect(queue.warning, attempt).toBeUndefined();
    expect(queue.backlog('cloud')).toMatchObject([{ lane: 'live', depth: 3 }]);
    const items = await readAll(queue.reader('cloud', 'live'));
    expect(items.map(({ body, sequence }) => ({ body, sequence }))).toEqual(rows.map((row) => ({ ...row })));
    await queue.close();
  }
  const queue = await queueIn(directory);
  const { key } = await queue.append(entry('new'));
  expect(key.sequence).toBe(Number(rows.at(-1)?.['sequence']) + 1);
  const items = await readAll(queue.reader('cloud', 'live'));
  expect(wire(items).at(-1)).toBe('new');
  await queue.acknowledge('cloud', 'live', done(items));
  expect(queue.backlog('cloud')).toMatchObject([{ depth: 0 }]);
});

it('opens a file of format 2: lanes, what was dropped, dead letters, and that it was paused', async () => {
  const directory = await temporaryDirectory();
  await copyFile(join(SAMPLES, 'outbox-2.sqlite'), join(directory, 'outbox.sqlite'));
  const queue = await queueIn(directory, { gateway: 'gateway-1' });
  expect(queue.warning).toBeUndefined();
  expect(wire(await readAll(queue.reader('cloud', 'alarm')))).toEqual(['open']);
  expect(wire(await readAll(queue.reader('cloud', 'live')))).toEqual([
    { first: 2, last: 2, reason: 'expired' },
    { label: 'healthy', confidence: 0.25 },
    { label: 'healthy', confidence: 0.5 },
  ]);
  expect(await queue.deadLetters({})).toMatchObject([{ stream: 'pump', sequence: 1, code: 'NO', reason: 'not that' }]);
  expect(queue.paused('cloud')).toBe(true);
  expect((await queue.append(entry('new'))).key.sequence).toBe(5);
});
