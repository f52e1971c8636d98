import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../../runtime/base/index.ts';
import { systemClock } from '../../../../runtime/base/index.ts';
import type { Dropped } from '../../../../runtime/outbox/queue/types.ts';
import { appendAll, done, entry, queueIn, readAll, temporaryDirectory, upTo, wire } from './support.ts';

const DAY = 24 * 60 * 60 * 1000;

/** The machine's clock, and what somebody made of it. */
function settableClock() {
  const shift = { wall: 0, age: 0 };
  const clock: Clock = {
    ...systemClock,
    now: () => systemClock.now() + shift.wall,
    monotonic: () => systemClock.monotonic() + shift.age,
  };
  return { clock, shift };
}

describe('what has waited too long', () => {
  it('comes as one gap when all of its chunk has, and leaves the disk', async () => {
    const { clock, shift } = settableClock();
    const queue = await queueIn(await temporaryDirectory(), { clock });
    const dropped: Dropped[] = [];
    queue.onDropped((one) => dropped.push(one));
    for (let n = 0; n < 5; n += 1) await appendAll(queue, upTo(10), { ttl: 1_000 });
    shift.age += 2_000;
    await appendAll(queue, ['new'], { ttl: 1_000 });
    await queue.expire();
    expect(dropped.reduce((sum, { messages }) => sum + messages, 0)).toBe(50);
    // The gap that is to be told, and the new one.
    expect(queue.backlog('cloud')).toMatchObject([{ depth: 2 }]);
    const items = await readAll(queue.reader('cloud', 'live'));
    expect(wire(items)).toEqual([{ first: 1, last: 50, reason: 'expired' }, 'new']);
    await queue.acknowledge('cloud', 'live', done(items));
    expect(queue.backlog('cloud')).toMatchObject([{ depth: 0 }]);
    expect(await queue.ledger()).toMatchObject([
      { appended: 51, acknowledged: 51, gaps: [{ first: 1, last: 50, reason: 'expired' }] },
    ]);
  });

  it('comes as a gap among messages that may still wait', async () => {
    const { clock, shift } = settableClock();
    const queue = await queueIn(await temporaryDirectory(), { clock });
    await Promise.all([1, 2, 3, 4].map((n) => queue.append(entry(n, { ttl: n === 2 || n === 3 ? 1_000 : 0 }))));
    shift.age += 2_000;
    await queue.expire();
    const items = await readAll(queue.reader('cloud', 'live'));
    expect(wire(items)).toEqual([1, { first: 2, last: 3, reason: 'expired' }, 4]);
    await queue.acknowledge('cloud', 'live', done(items));
    expect(queue.backlog('cloud')).toMatchObject([{ depth: 0 }]);
  });

  it('is not what a clock says that jumps by years, nor a restart after that', async () => {
    const { clock, shift } = settableClock();
    const directory = await temporaryDirectory();
    const queue = await queueIn(directory, { clock });
    await appendAll(queue, [1], { ttl: DAY });
    shift.wall += 20 * 365 * DAY;
    await queue.expire();
    expect(wire(await readAll(queue.reader('cloud', 'live')))).toEqual([1]);
    await queue.close();
    shift.wall -= 40 * 365 * DAY;
    const again = await queueIn(directory, { clock });
    await again.expire();
    expect(wire(await readAll(again.reader('cloud', 'live')))).toEqual([1]);
    await again.close();
  });

  it('counts the time between two runs', async () => {
    const { clock, shift } = settableClock();
    const directory = await temporaryDirectory();
    const queue = await queueIn(directory, { clock });
    await appendAll(queue, [1], { ttl: DAY });
    await queue.close();
    shift.wall += 2 * DAY;
    const again = await queueIn(directory, { clock });
    await again.expire();
    expect(wire(await readAll(again.reader('cloud', 'live')))).toEqual([{ first: 1, last: 1, reason: 'expired' }]);
  });
});

describe('a queue that looks for what has waited too long', () => {
  /** Timers fire when the test says so; what is asked of the disk is counted. */
  function countingClock() {
    const { clock: settable, shift } = settableClock();
    const tasks: (() => void)[] = [];
    const work: Promise<unknown>[] = [];
    const clock: Clock = {
      ...settable,
      every(_, task) {
        tasks.push(task);
        return { cancel: () => undefined };
      },
      hold(one) {
        work.push(one);
        return one;
      },
    };
    /** @returns how often the disk was asked */
    const look = async () => {
      work.length = 0;
      for (const task of tasks) task();
      const asked = work.length;
      await Promise.all(work);
      return asked;
    };
    return { clock, shift, look };
  }

  it('leaves the disk alone until something that has a time to live may have expired, also after a restart', async () => {
    const { clock, shift, look } = countingClock();
    const directory = await temporaryDirectory();
    const queue = await queueIn(directory, { clock });
    const dropped: number[] = [];
    queue.onDropped(({ messages }) => dropped.push(messages));
    await appendAll(queue, [1, 2]);
    shift.age += DAY;
    expect(await look()).toBe(0);
    await appendAll(queue, [3, 4], { stream: 'short', ttl: 1_000 });
    await appendAll(queue, [5], { stream: 'long', ttl: DAY });
    await queue.flush();
    expect(await look()).toBe(0);
    shift.age += 2_000;
    expect(await look()).toBe(1);
    expect(dropped).toEqual([2]);
    expect(await look()).toBe(0);
    await queue.close();

    const other = countingClock();
    const again = await queueIn(directory, { clock: other.clock });
    again.onDropped(({ messages }) => dropped.push(messages));
    expect(await other.look()).toBe(0);
    other.shift.age += 2 * DAY;
    expect(await other.look()).toBe(1);
    expect(dropped).toEqual([2, 1]);
    expect(await other.look()).toBe(0);
    await again.close();
  });
});

const random = (bytes: number) =>
  Buffer.from(Array.from({ length: bytes }, () => Math.random() * 256)).toString('base64');

describe('a quota', () => {
  it('refuses more than fits, says so, and takes again what has been made room for', async () => {
    const quota = 2 * 1024 * 1024;
    const queue = await queueIn(await temporaryDirectory(), { quota });
    let taken = 0;
    let refused: unknown;
    while (!refused) {
      await queue.append(entry(random(20_000))).then(
        () => (taken += 1),
        (error: unknown) => (refused = error),
      );
      expect((await queue.usage()).bytes).toBeLessThanOrEqual(quota);
    }
    expect(refused).toMatchObject({ code: 'OUTBOX_FULL' });
    expect(taken).toBeGreaterThan(30);
    // Room is kept for what is more urgent.
    await expect(queue.append(entry('bulk', { lane: 'bulk', stream: 'b' }))).rejects.toMatchObject({
      code: 'OUTBOX_FULL',
    });
    await queue.append(entry('fire', { lane: 'alarm', stream: 'a' }));
    const items = await readAll(queue.reader('cloud', 'live'));
    expect(items).toHaveLength(taken);
    await queue.acknowledge('cloud', 'live', done(items));
    await queue.flush();
    await queue.append(entry(random(20_000)));
  });

  it('lets the oldest make room where the target says so: of the least urgent first, each told as a gap', async () => {
    const queue = await queueIn(await temporaryDirectory(), { quota: 16 * 1024 * 1024 });
    queue.setQuota('cloud', { maxBytes: 400_000, whenFull: 'drop-oldest' });
    const dropped: Dropped[] = [];
    queue.onDropped((one) => dropped.push(one));
    for (let n = 1; n <= 5; n += 1) await queue.append(entry(random(10_000), { lane: 'bulk', stream: 'bulk' }));
    for (let n = 1; n <= 60; n += 1) await queue.append(entry(random(10_000)));
    expect(new Set(dropped.slice(0, 5).map(({ lane }) => lane))).toEqual(new Set(['bulk']));
    const items = await readAll(queue.reader('cloud', 'live'));
    const [first, ...rest] = items;
    expect(first?.gap).toMatchObject({ first: 1, reason: 'dropped for newer ones' });
    expect(rest.every(({ gap }) => !gap)).toBe(true);
    expect(rest.at(-1)?.sequence).toBe(60);
    expect(rest[0]?.sequence).toBe((first?.gap?.last ?? 0) + 1);
    const told = dropped.filter(({ lane }) => lane === 'live').reduce((sum, { messages }) => sum + messages, 0);
    expect(told).toBe(first?.gap?.last);
    expect(wire(await readAll(queue.reader('cloud', 'bulk')))).toEqual([
      { first: 1, last: 5, reason: 'dropped for newer ones' },
    ]);
    await queue.acknowledge('cloud', 'live', done(items));
    expect(queue.backlog('cloud')).toMatchObject([
      { lane: 'live', depth: 0 },
      { lane: 'bulk', depth: 1 },
    ]);
  });

  it('drops nothing that was handed out', async () => {
    const queue = await queueIn(await temporaryDirectory(), { quota: 16 * 1024 * 1024 });
    queue.setQuota('cloud', { maxBytes: 400_000, whenFull: 'drop-oldest' });
    for (let n = 1; n <= 20; n += 1) await queue.append(entry(random(10_000)));
    const reader = queue.reader('cloud', 'live');
    const under = await reader.next();
    for (let n = 21; n <= 80; n += 1) await queue.append(entry(random(10_000)));
    const items = [...under, ...(await readAll(reader))];
    expect(under.every(({ gap }) => !gap)).toBe(true);
    expect(items.reduce((sum, { gap }) => sum + (gap ? gap.last - gap.first + 1 : 1), 0)).toBe(80);
    await queue.acknowledge('cloud', 'live', done(items));
    expect(queue.backlog('cloud')).toMatchObject([{ depth: 0 }]);
    expect(await queue.ledger()).toMatchObject([{ first: 1, appended: 80, acknowledged: 80 }]);
  });
});

describe('dead letters', () => {
  const refuse = (items: Parameters<typeof done>[0]) =>
    done(items, { refused: items.map((item) => ({ item, code: 'NO', reason: 'not that' })) });

  it('are kept with their keys, over a restart, and sent again over the lane bulk', async () => {
    const directory = await temporaryDirectory();
    const queue = await queueIn(directory);
    await appendAll(queue, upTo(3));
    const items = await readAll(queue.reader('cloud', 'live'));
    const [one, two, three] = items;
    if (!one || !two || !three) throw new Error('nothing came');
    await queue.acknowledge('cloud', 'live', {
      ...done(items),
      refused: [{ item: two, code: 'NO', reason: 'not that' }],
    });
    expect(queue.backlog('cloud')).toMatchObject([{ depth: 0 }]);
    expect(queue.deadCount('cloud')).toBe(1);
    await queue.close();

    const again = await queueIn(directory);
    expect(again.deadCount('cloud')).toBe(1);
    expect(await again.deadLetters({})).toMatchObject([
      {
        destination: 'cloud',
        stream: 'pump',
        sequence: 2,
        code: 'NO',
        reason: 'not that',
        again: false,
        body: two.body,
      },
    ]);
    expect(await again.ledger()).toMatchObject([{ acknowledged: 3, dead: [2], gaps: [] }]);
    expect(await again.retryDead('cloud')).toBe(1);
    expect(await again.retryDead('cloud')).toBe(0);
    expect(again.backlog('cloud')).toMatchObject([{ lane: 'live' }, { lane: 'bulk', depth: 1 }]);
    const sent = await readAll(again.reader('cloud', 'bulk'));
    expect(sent.map(({ body }) => body)).toEqual([two.body]);
    // Refused once more it is one letter still.
    await again.acknowledge('cloud', 'bulk', { ...refuse(sent), letters: [] });
    expect(await again.deadLetters({ destination: 'cloud' })).toMatchObject([{ sequence: 2, again: false }]);
    await again.retryDead('cloud');
    await again.acknowledge('cloud', 'bulk', done(await readAll(again.reader('cloud', 'bulk'))));
    expect(await again.deadLetters({})).toEqual([]);
    expect(again.deadCount('cloud')).toBe(0);
    expect(await again.ledger()).toMatchObject([{ acknowledged: 3, dead: [], gaps: [] }]);
  });

  it('are told as gaps when they are deleted', async () => {
    const queue = await queueIn(await temporaryDirectory());
    await appendAll(queue, upTo(4));
    await queue.acknowledge('cloud', 'live', refuse(await readAll(queue.reader('cloud', 'live'))));
    const [, second] = await queue.deadLetters({ destination: 'cloud' });
    expect(await queue.removeDead('cloud', [second?.id ?? 0])).toBe(1);
    expect(await queue.removeDead('cloud')).toBe(3);
    expect(queue.deadCount('cloud')).toBe(0);
    const items = await readAll(queue.reader('cloud', 'bulk'));
    expect(wire(items).map((gap) => (gap as { first: number }).first)).toEqual([2, 1, 3, 4]);
    await queue.acknowledge('cloud', 'bulk', done(items));
    expect(queue.backlog('cloud')).toMatchObject([{ depth: 0 }, { depth: 0 }]);
    expect(await queue.ledger()).toMatchObject([
      { dead: [], gaps: [{ first: 1, last: 4, reason: 'deleted by hand' }] },
    ]);
  });
});

it('remembers what was paused', async () => {
  const directory = await temporaryDirectory();
  const queue = await queueIn(directory);
  await queue.setPaused('cloud', true);
  await queue.close();
  const again = await queueIn(directory);
  expect(again.paused('cloud')).toBe(true);
  await again.setPaused('cloud', false);
  expect(again.paused('cloud')).toBe(false);
});
