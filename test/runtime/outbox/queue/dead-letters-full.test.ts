import { expect, it } from 'vitest';
import { appendAll, done, queueIn, readAll, temporaryDirectory, upTo } from './support.ts';

const random = () => Buffer.from(Array.from({ length: 15_000 }, () => Math.random() * 256)).toString('base64');

it('lets other destinations go on where what one has refused finds no room', async () => {
  const quota = 4 * 1024 * 1024;
  const directory = await temporaryDirectory();
  const queue = await queueIn(directory, { quota });
  // Small while they wait, for they are compressed; large as dead letters.
  for (const _ of upTo(6)) await appendAll(queue, ['x'.repeat(900_000)], { destination: 'odd' });
  await appendAll(queue, upTo(60).map(random));
  const odd = await readAll(queue.reader('odd', 'live'));
  const refused = odd.map((item) => ({ item, code: 'NO', reason: 'no' }));
  const refusing = queue.acknowledge('odd', 'live', done(odd, { refused }));

  await expect(refusing).rejects.toMatchObject({ code: 'OUTBOX_FULL' });
  const items = await readAll(queue.reader('cloud', 'live'));
  await queue.acknowledge('cloud', 'live', done(items));
  await queue.close();

  const again = await queueIn(directory, { quota });
  expect((await readAll(again.reader('cloud', 'live'))).length).toBe(0);
  expect((await readAll(again.reader('odd', 'live'))).length).toBe(6);
  // A few of them find room.
  const [first] = await readAll(again.reader('odd', 'live'));
  if (!first) throw new Error('nothing is left');
  await again.acknowledge('odd', 'live', done([first], { refused: [{ item: first, code: 'NO', reason: 'no' }] }));
  expect((await again.deadLetters({})).length).toBe(1);
});
