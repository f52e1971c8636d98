import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { done, entry, queueIn, readAll, temporaryDirectory, wire } from './support.ts';

const SAMPLE = join(import.meta.dirname, '../../../samples/outbox-1.sqlite');

it('opens a file of format 1 and goes on with all that it holds', async () => {
  const directory = await temporaryDirectory();
  const file = join(directory, 'outbox.sqlite');
  await copyFile(SAMPLE, file);
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
