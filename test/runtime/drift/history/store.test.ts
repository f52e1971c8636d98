import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventsKept, pointsKept, streamsKept } from '../../../../runtime/drift/history/limits.ts';
import type { DriftEvent } from '../../../../runtime/messages/index.ts';
import { openedStore, pictureAt, pointAt, temporaryFile } from './support.ts';

const event = (time: number, state: 'start' | 'end' = 'start'): DriftEvent => ({
  time,
  payload: { kind: 'data', state, since: time - 10, features: [], samples: 30, words: `it did ${state}` },
});
const HOUR = 3_600_000;

/** Sets a limit for one test. */
function bound(limit: { readonly value: number }, value: number): void {
  const before = limit.value;
  (limit as { value: number }).value = value;
  onTestFinished(() => void ((limit as { value: number }).value = before));
}

describe('what a drift node knows, on disk', () => {
  it('makes no file before there is something to keep', async () => {
    const file = await temporaryFile();
    const store = openedStore(file);
    expect(await store.streams()).toEqual([]);
    expect(await store.load('n1')).toBeUndefined();
    expect(await store.picture('n1')).toBeUndefined();
    await store.forget('n1');
    await expect(store.history('n1')).rejects.toThrow(expect.objectContaining({ code: 'DRIFT_STREAM_NOT_FOUND' }));
    expect(existsSync(file)).toBe(false);
  });

  it('gives the state back exactly, after the file was closed and opened again', async () => {
    const file = await temporaryFile();
    const state = {
      row: Float64Array.from({ length: 2000 }, (_, i) => (i === 7 ? NaN : Math.sin(i))),
      short: new Float32Array([1, -0, Infinity]),
      counts: [1, NaN, -Infinity, -0, 2 ** 52 + 1],
      $: 'a feature may have this name',
      deep: { $: [null, true, 'text'] },
    };
    const first = openedStore(file);
    await first.save('n1', { state, picture: pictureAt(5), points: [], events: [] });
    await first.close();
    expect(await openedStore(file).load('n1')).toStrictEqual(state);
  });

  it('writes large arrays once, and again where another process has forgotten them', async () => {
    const file = await temporaryFile();
    const store = openedStore(file);
    const reference = Float64Array.from({ length: 40_000 }, (_, i) => i);
    const state = (time: number) => ({ reference, time });
    await store.save('n1', { state: state(1), picture: pictureAt(1), points: [], events: [] });
    await store.save('n1', { state: state(2), picture: pictureAt(2), points: [], events: [] });
    expect(await openedStore(file).load('n1')).toStrictEqual(state(2));
    await openedStore(file).forget('n1');
    await store.save('n1', { state: state(3), picture: pictureAt(3), points: [], events: [] });
    expect(await openedStore(file).load('n1')).toStrictEqual(state(3));
  });

  it('lists the streams, the one that changed last first, and what is known of each', async () => {
    const store = openedStore(await temporaryFile());
    const model = { name: 'pump', version: '1.0.0', digest: 'd' };
    await store.save('n1', { state: 1, picture: pictureAt(50, { model }), points: [pointAt(20)], events: [] });
    const drifting = pictureAt(60, { node: 'n2', name: 'two', state: 'drifting', since: 55 });
    await store.save('n2', { state: 2, picture: drifting, points: [], events: [event(55)] });
    expect(await store.streams()).toEqual([
      { node: 'n2', name: 'two', state: 'drifting', since: 55, time: 60, first: 55 },
      { node: 'n1', name: 'drift', model, state: 'calm', since: 0, time: 50, first: 20 },
    ]);
    expect(await store.picture('n2')).toEqual(drifting);
    expect((await store.history('n2')).events).toEqual([event(55)]);
  });

  it('is read while another process writes, as the command line does', async () => {
    const file = await temporaryFile();
    const [gateway, reader] = [openedStore(file), openedStore(file)];
    await gateway.save('n1', { state: 1, picture: pictureAt(1), points: [pointAt(1)], events: [] });
    expect(await reader.load('n1')).toBe(1);
    await gateway.save('n1', { state: 2, picture: pictureAt(2), points: [pointAt(2)], events: [] });
    expect(await reader.load('n1')).toBe(2);
    expect((await reader.history('n1')).courses[0]?.times).toEqual([1, 2]);
  });

  it('forgets a node, and only this one', async () => {
    const store = openedStore(await temporaryFile());
    for (const node of ['n1', 'n2']) {
      await store.save(node, {
        state: node,
        picture: pictureAt(1, { node }),
        points: [pointAt(1)],
        events: [event(1)],
      });
    }
    await store.forget('n1');
    expect(await store.load('n1')).toBeUndefined();
    expect((await store.streams()).map(({ node }) => node)).toEqual(['n2']);
    // Its rows do not come back with a node of the same id.
    await store.save('n1', { state: 1, picture: pictureAt(9), points: [], events: [] });
    expect(await store.history('n1')).toMatchObject({ courses: [], events: [] });
    expect(await store.load('n2')).toBe('n2');
  });
});

describe('the course of a statistic', () => {
  it('has a point an evaluation, or the largest of several, in the span that is asked for', async () => {
    const store = openedStore(await temporaryFile());
    const points = Array.from({ length: 100 }, (_, i) => pointAt(i * 1000, i === 42 ? 3 : 0.25));
    await store.save('n1', { state: 0, picture: pictureAt(99_000), points, events: [event(42_000)] });
    const whole = await store.history('n1');
    expect(whole).toMatchObject({ from: 0, to: 99_000 });
    expect(whole.courses).toHaveLength(1);
    expect(whole.courses[0]).toMatchObject({ name: 'temperature', kind: 'data', statistic: 'wasserstein' });
    expect(whole.courses[0]?.times).toHaveLength(100);
    const few = await store.history('n1', { points: 10 });
    expect(few.courses[0]?.values).toHaveLength(10);
    expect(few.courses[0]?.values[4]).toBe(3);
    expect(few.courses[0]?.times[4]).toBe(42_000);
    const part = await store.history('n1', { from: 50_000, to: 59_500 });
    expect(part).toMatchObject({ from: 50_000, to: 59_500, events: [] });
    expect(part.courses[0]?.times).toEqual(Array.from({ length: 10 }, (_, i) => 50_000 + i * 1000));
  });

  it('is thinned where it grows old, to the largest of a minute and of an hour, and the oldest hours go', async () => {
    bound(pointsKept, 10);
    const file = await temporaryFile();
    const store = openedStore(file);
    const dropped = pointsKept.spent;
    // One every 20 s for 15 hours; in the middle of hour 8 one lies far out.
    const times = Array.from({ length: 15 * 180 }, (_, i) => i * 20_000);
    const peak = 8 * HOUR + 1_800_000;
    for (let from = 0; from < times.length; from += 60) {
      const points = times.slice(from, from + 60).map((time) => pointAt(time, time === peak ? 3 : 0.25));
      await store.save('n1', { state: 0, picture: pictureAt(points.at(-1)?.time ?? 0), points, events: [] });
    }
    // Another start finds it full, and brings it back within its bounds.
    await store.close();
    for (let i = 0; i < 4; i++) {
      const again = openedStore(file);
      await again.save('n1', { state: 0, picture: pictureAt(1), points: [], events: [] });
      await again.close();
    }
    const { courses } = await openedStore(file).history('n1', { points: 5000 });
    const [course] = courses;
    expect(course?.times.length).toBeLessThanOrEqual(3 * 10 * 1.125 + 1);
    expect(course?.times.at(-1)).toBe(times.at(-1));
    const at = course?.times.indexOf(peak) ?? -1;
    expect(course?.values[at]).toBe(3);
    expect(pointsKept.spent).toBeGreaterThan(dropped);
  });

  it('keeps the newest events, and the streams that changed last', async () => {
    bound(eventsKept, 5);
    bound(streamsKept, 3);
    const store = openedStore(await temporaryFile());
    const events = Array.from({ length: 9 }, (_, i) => event(i));
    await store.save('n1', { state: 0, picture: pictureAt(1), points: [], events });
    expect((await store.history('n1')).events.map(({ time }) => time)).toEqual([4, 5, 6, 7, 8]);
    for (const node of ['n2', 'n3', 'n4', 'n5']) {
      const picture = pictureAt(Number(node.slice(1)), { node });
      await store.save(node, { state: node, picture, points: [], events: [] });
    }
    expect((await store.streams()).map(({ node }) => node)).toEqual(['n5', 'n4', 'n3']);
  });
});

describe('damage on disk', () => {
  it('leaves out a row that says something else than was written, and keeps the others', async () => {
    const file = await temporaryFile();
    const store = openedStore(file);
    const points = [pointAt(1), pointAt(2), pointAt(3)];
    await store.save('n1', { state: { a: 1 }, picture: pictureAt(3), points, events: [event(1), event(2)] });
    await store.close();
    const database = new DatabaseSync(file);
    database.exec("UPDATE point SET time = 2.5 WHERE time = 2; UPDATE stream SET state = replace(state, '1', '7')");
    database.exec("UPDATE event SET payload = replace(payload, 'data', 'fate') WHERE time = 1");
    database.close();
    const again = openedStore(file);
    expect(await again.load('n1')).toBeUndefined();
    const history = await again.history('n1');
    expect(history.courses[0]?.times).toEqual([1, 3]);
    expect(history.events).toEqual([event(2)]);
    await again.save('n1', { state: { a: 2 }, picture: pictureAt(4), points: [], events: [] });
    expect(await again.load('n1')).toEqual({ a: 2 });
  });
});
