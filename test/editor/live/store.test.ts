import { describe, expect, it } from 'vitest';
import { chartSpan, createHistory } from '../../../editor/live/history.ts';
import { createStore } from '../../../editor/live/store.ts';
import type { View } from '../../../runtime/messages/index.ts';

const reading = (node: string, time: number): View => ({
  kind: 'readings',
  node,
  name: node,
  type: 'sensor',
  time,
  channels: [{ name: 'temperature', last: time, min: time, max: time }],
});
const problem = (node: string): View => ({
  kind: 'problem',
  node,
  name: node,
  type: 'sensor',
  time: 1,
  code: 'PIN_MISSING',
  title: 'no such pin',
  message: 'no pin A9',
  hint: 'Choose another.',
  count: 1,
});
const cleared = (node: string, what: 'problem' | 'node'): View => ({
  kind: 'cleared',
  what,
  node,
  name: node,
  type: 'sensor',
  time: 2,
});

describe('what the browser knows of the flows', () => {
  it('keeps the nodes in the order in which they first appeared', () => {
    const store = createStore(() => 0);
    store.apply([reading('b', 1), reading('a', 1), reading('b', 2)]);
    expect(store.all('readings').map(({ latest }) => [latest.node, latest.time])).toEqual([
      ['b', 2],
      ['a', 1],
    ]);
  });

  it('takes a problem down when it is mended, and everything of a node that is removed', () => {
    const store = createStore(() => 0);
    store.apply([reading('a', 1), problem('a'), reading('b', 1), problem('b')]);
    store.apply([cleared('a', 'problem'), cleared('b', 'node')]);
    expect(store.all('problem')).toEqual([]);
    expect(store.all('readings').map(({ latest }) => latest.node)).toEqual(['a']);
  });

  it('starts anew from the snapshot after a reconnect', () => {
    const store = createStore(() => 0);
    store.apply([reading('gone', 1), reading('a', 1)]);
    store.reset([reading('a', 5), reading('a', 6)]);
    expect(store.all('readings')).toHaveLength(1);
    expect(store.get('readings', 'a')?.history.points.map(({ time }) => time)).toEqual([5, 6]);
    expect(store.get('readings', 'gone')).toBeUndefined();
  });

  it('tells how long a node has been silent whatever the two clocks say', () => {
    let now = 1_000;
    const store = createStore(() => now);
    store.apply([reading('a', 5_000_000)]);
    now += 400;
    // This view took 50 ms longer on its way.
    store.apply([reading('b', 5_000_350)]);
    now += 6_600;
    const ages = store.all('readings').map((entry) => store.age(entry));
    expect(ages).toEqual([7_000, 6_650]);
  });

  it('tells its listeners of views and of the connection until they leave', () => {
    const store = createStore(() => 0);
    let heard = 0;
    const leave = store.onChange(() => heard++);
    store.apply([reading('a', 1)]);
    store.link = { state: 'offline' };
    leave();
    store.apply([reading('a', 2)]);
    expect(heard).toBe(2);
    expect(store.link.state).toBe('offline');
  });
});

describe('the past of one thing', () => {
  it('is bounded in points and in time', () => {
    const history = createHistory<number>(3, 100);
    for (const time of [0, 10, 20, 30]) history.add(time, time);
    expect(history.points.map(({ time }) => time)).toEqual([10, 20, 30]);
    history.add(125, 125);
    expect(history.points.map(({ time }) => time)).toEqual([30, 125]);
  });

  it('keeps some points of what is measured rarely', () => {
    const history = createHistory<number>(100, 1_000, 3);
    for (let time = 0; time <= 600_000; time += 60_000) history.add(time, time);
    expect(history.points.map(({ time }) => time)).toEqual([480_000, 540_000, 600_000]);
    expect(chartSpan(history.points, 30_000)).toBe(120_000);
  });

  it('begins again when the clock was set back', () => {
    const history = createHistory<number>(10);
    history.add(1_000, 1);
    history.add(400, 2);
    expect(history.points).toEqual([{ time: 400, value: 2 }]);
  });

  it('is drawn over the usual time as soon as there are enough points in it', () => {
    const points = Array.from({ length: 100 }, (_, index) => ({ time: index * 1_000 }));
    expect(chartSpan(points, 30_000)).toBe(30_000);
    expect(chartSpan([], 30_000)).toBe(30_000);
  });
});
