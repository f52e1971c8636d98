import { expect, it } from 'vitest';
import type { Dropped } from '../../../../runtime/outbox/queue/types.ts';
import { type Clock, systemClock } from '../../../../runtime/base/index.ts';
import { appendAll, done, entry, queueIn, readAll, temporaryDirectory, upTo, wire } from './support.ts';

it('hands out nothing that was dropped after it was read ahead, and counts what expired meanwhile once', async () => {
  const shift = { age: 0 };
  const clock: Clock = { ...systemClock, monotonic: () => systemClock.monotonic() + shift.age };
  const queue = await queueIn(await temporaryDirectory(), { clock });
  const dropped: Dropped[] = [];
  queue.onDropped((one) => dropped.push(one));
  for (const payload of ['a', 'b', 'c', 'd']) await appendAll(queue, [payload], { ttl: 1_000 });
  await appendAll(queue, ['e']);
  const reader = queue.reader('cloud', 'live');
  const first = await reader.next();
  shift.age += 2_000;
  await queue.expire();
  const items = [...first, ...(await readAll(reader))];
  expect(wire(items)).toEqual(['a', { first: 2, last: 4, reason: 'expired' }, 'e']);
  expect(dropped.reduce((sum, { messages }) => sum + messages, 0)).toBe(3);
  await queue.acknowledge('cloud', 'live', done(items.slice(0, 2)));
  expect(queue.backlog('cloud')).toMatchObject([{ depth: 1 }]);
});

it('counts a message that expired among others once, however often its destination was tried', async () => {
  const shift = { age: 0 };
  const clock: Clock = { ...systemClock, monotonic: () => systemClock.monotonic() + shift.age };
  const queue = await queueIn(await temporaryDirectory(), { clock });
  const dropped: Dropped[] = [];
  queue.onDropped((one) => dropped.push(one));
  await Promise.all([0, 1_000, 0].map((ttl) => queue.append(entry('x', { ttl }))));
  shift.age += 2_000;
  for (const _ of upTo(3)) await readAll(queue.reader('cloud', 'live'));
  expect(dropped).toMatchObject([{ messages: 1, gap: { first: 2, last: 2, reason: 'expired' } }]);
});
