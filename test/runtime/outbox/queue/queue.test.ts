import { describe, expect, it } from 'vitest';
import { appendAll, done, entry, queueIn, readAll, temporaryDirectory, upTo, wire } from './support.ts';

describe('a queue', () => {
  it('hands out what was put in, in order and under the keys that were given, also after a restart', async () => {
    const directory = await temporaryDirectory();
    const queue = await queueIn(directory);
    const keys = await appendAll(queue, upTo(2_500));
    expect(keys.map(({ key }) => key.sequence)).toEqual(upTo(2_500));
    expect(queue.backlog('cloud')).toMatchObject([{ lane: 'live', depth: 2_500 }]);
    await queue.close();

    const again = await queueIn(directory);
    expect(again.backlog('cloud')).toMatchObject([{ lane: 'live', depth: 2_500 }]);
    const items = await readAll(again.reader('cloud', 'live'));
    expect(wire(items)).toEqual(upTo(2_500));
    expect(JSON.parse(items[6]?.body ?? '')).toEqual({
      payload: 7,
      key: { gateway: 'g', stream: 'pump', sequence: 7 },
    });
    expect(items[0]?.bytes).toBe(items[0]?.body.length);
  });

  it('goes on behind what was acknowledged, in the middle of a chunk as well', async () => {
    const directory = await temporaryDirectory();
    const queue = await queueIn(directory);
    await appendAll(queue, upTo(1_500));
    const items = await readAll(queue.reader('cloud', 'live'));
    await queue.acknowledge('cloud', 'live', done(items.slice(0, 1_203)));
    expect(queue.backlog('cloud')).toMatchObject([{ depth: 297 }]);
    await queue.close();

    const again = await queueIn(directory);
    expect(again.backlog('cloud')).toMatchObject([{ depth: 297 }]);
    const rest = await readAll(again.reader('cloud', 'live'));
    expect(wire(rest)).toEqual(upTo(1_500).slice(1_203));
    await again.acknowledge('cloud', 'live', done(rest));
    expect(again.backlog('cloud')).toMatchObject([{ depth: 0, bytes: 0, oldest: 0 }]);
    await again.close();
    const last = await queueIn(directory);
    expect(last.backlog('cloud')).toMatchObject([{ depth: 0 }]);
    expect((await last.append(entry('more'))).key.sequence).toBe(1_501);
  });

  it('keeps lanes apart, and a stream in its lane while something of it waits', async () => {
    const queue = await queueIn(await temporaryDirectory());
    await queue.append(entry(1));
    expect((await queue.append(entry(2, { lane: 'alarm' }))).lane).toBe('live');
    expect((await queue.append(entry(3, { lane: 'alarm', stream: 'door' }))).lane).toBe('alarm');
    const items = await readAll(queue.reader('cloud', 'live'));
    expect(wire(items)).toEqual([1, 2]);
    await queue.acknowledge('cloud', 'live', done(items));
    expect((await queue.append(entry(4, { lane: 'alarm' }))).lane).toBe('alarm');
    expect(wire(await readAll(queue.reader('cloud', 'alarm')))).toEqual([3, 4]);
  });

  it('tells a destination of numbers that went elsewhere as gaps', async () => {
    const queue = await queueIn(await temporaryDirectory());
    for (const [n, destination] of ['a', 'b', 'b', 'a'].entries()) await queue.append(entry(n, { destination }));
    const reason = 'not sent to this destination';
    expect(wire(await readAll(queue.reader('a', 'live')))).toEqual([0, { first: 2, last: 3, reason }, 3]);
    const items = await readAll(queue.reader('b', 'live'));
    expect(wire(items)).toEqual([1, 2]);
  });
});
