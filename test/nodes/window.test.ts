/** The window node beyond what a newly dragged one does, which stands in prepare.test.ts. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import * as windowConfig from '../../nodes/window/config.ts';
import window from '../../nodes/window/node.ts';
import { systemClock } from '../../runtime/base/index.ts';
import type { View } from '../../runtime/messages/index.ts';
import type { Host, Red } from '../../runtime/node-red/index.ts';
import { createViewHub } from '../../runtime/services/index.ts';
import { signal } from '../../runtime/signal/index.ts';
import { type EmbeddedNodeRed, type Message, registerCollectors, startNodeRed, until } from '../support/node-red.ts';

let nodeRed: EmbeddedNodeRed;
const sent: Message[] = [];
const caught: Message[] = [];
const shown: View[] = [];

beforeAll(async () => {
  const views = createViewHub();
  views.listen((view) => void shown.push(view));
  const host = { services: { clock: systemClock, views, signal } } as unknown as Host;
  nodeRed = await startNodeRed({
    register: (red: Red) => {
      window(red, host, windowConfig.palette);
      registerCollectors(red, { sent, caught });
    },
  });
});
afterAll(() => nodeRed.stop());
beforeEach(() => {
  sent.length = caught.length = shown.length = 0;
});

const at = { z: 'tab', x: 100, y: 100 };
const deploy = (settings: Message) =>
  nodeRed.deploy([
    { id: 'tab', type: 'tab', label: 'test' },
    { id: 'window', type: 'window', ...at, ...settings, wires: [['out']] },
    { id: 'out', type: 'collects-sent', ...at, wires: [] },
    { id: 'catch', type: 'catch', ...at, scope: null, wires: [['errors']] },
    { id: 'errors', type: 'collects-caught', ...at, wires: [] },
  ]);
const count = (list: readonly Message[], wanted: number) =>
  until(() => (list.length >= wanted ? list : undefined), `${wanted} messages`);
const receive = (message: Message) => nodeRed.node('window').receive(message);
const codes = () => caught.map(({ error }) => (error as Message)['code']);

it('cuts by seconds', async () => {
  await deploy({ cut: 'time', seconds: '0.1', every: '0.1' });
  for (let n = 0; n < 25; n++) receive({ payload: n, time: 1000 + n * 10 });
  const [first, second] = await count(sent, 2);
  expect(first).toMatchObject({ time: 1090, payload: { start: 1000, shape: [10, 1] } });
  expect(second).toMatchObject({ payload: { start: 1100 } });
});

it('cuts around a message with msg.trigger, with or without a reading in it', async () => {
  await deploy({ cut: 'trigger', before: 2, after: 2 });
  for (let n = 0; n < 10; n++) receive({ payload: n, time: n * 10, ...(n === 3 && { trigger: true }) });
  receive({ payload: '', trigger: 'now' });
  for (let n = 10; n < 14; n++) receive({ payload: n, time: n * 10 });
  const [first, second] = await count(sent, 2);
  expect(first).toMatchObject({ triggered: 30, payload: { start: 10, shape: [4, 1] } });
  expect(second).toMatchObject({ triggered: 100, payload: { start: 80 } });
  expect(caught).toEqual([]);
});

it('cuts where a channel crosses a level', async () => {
  await deploy({
    cut: 'trigger',
    trigger: 'crossing',
    watch: 'x',
    level: '1',
    direction: 'falling',
    before: 1,
    after: 2,
  });
  for (let n = 0; n < 10; n++) receive({ payload: { y: 0, x: n < 6 ? 5 : 0 }, time: n * 10 });
  const [only] = await count(sent, 1);
  expect(only).toMatchObject({ triggered: 60, time: 70 });
});

it('joins readings by their topic', async () => {
  await deploy({ length: 2, stride: 2, channels: 'level, temperature', align: 'hold', tolerance: 100 });
  receive({ payload: 20, topic: 'temperature', time: 0 });
  for (let n = 1; n < 3; n++) receive({ payload: n, topic: 'level', time: n * 10, id: `r${n}` });
  const [only] = await count(sent, 1);
  expect(only).toMatchObject({ id: 'r2', payload: { channels: ['level', 'temperature'] } });
  expect([...(only?.['payload'] as { data: Float32Array }).data]).toEqual([1, 20, 2, 20]);
});

it('passes on what came with the last reading of the window, though later ones were waited for', async () => {
  await deploy({ length: 3, stride: 3, reorder: 20 });
  for (const time of [0, 20, 10, 30, 40]) receive({ payload: time, time, id: `r${time}` });
  const [only] = await count(sent, 1);
  expect(only).toMatchObject({ id: 'r20', time: 20 });
});

it('sends every window of a batch, and says where samples are missing', async () => {
  await deploy({ length: 3, stride: 3, rate: 100 });
  receive({ payload: { x: [1, 2, NaN, 3, 4, 5, 6] }, time: 60 });
  const [first, second] = await count(sent, 2);
  expect(first).toMatchObject({ gaps: 1, gapsAt: [{ sample: 2, missing: 1 }], payload: { rate: 100, start: 0 } });
  expect(second).toMatchObject({ gaps: 0 });
  expect(second).not.toHaveProperty('gapsAt');
});

it('tells in the sidebar what was left out', async () => {
  await deploy({ length: 3, stride: 3, channels: 'x' });
  for (let n = 0; n < 5; n++) receive({ payload: { x: n === 1 ? NaN : n }, time: n === 3 ? NaN : n * 10 });
  await count(sent, 1);
  const view = await until(() => shown.find(({ kind }) => kind === 'readings'), 'a view');
  expect(view).toMatchObject({
    channels: [{ name: 'x', last: 4, min: 0, max: 4 }],
    counts: [
      { what: 'taken', count: 3 },
      { what: 'incomplete', count: 1 },
      { what: 'untimed', count: 1 },
    ],
  });
});

it('gives batches that are none to Catch and goes on', async () => {
  await deploy({ length: 2, stride: 2 });
  receive({ payload: { x: [1, 2], y: [3] }, rate: 10 });
  receive({ payload: { x: [1, 2] } });
  receive({ payload: { x: [1, 2] }, rate: 0 });
  receive({ payload: { x: [1, 2] }, rate: 10, time: 1000 });
  await count(sent, 1);
  expect(codes()).toEqual(['CHANNELS_UNEQUAL', 'BATCH_RATE_INVALID', 'BATCH_RATE_INVALID']);
});

it('refuses a window larger than memory allows, with the value and what to do', async () => {
  await deploy({ cut: 'trigger', before: 5_000_000, after: 1, channels: 'x, y' });
  await nodeRed.status('window', (text) => text === 'window too large');
  const problem = await until(() => shown.find(({ kind }) => kind === 'problem'), 'the problem');
  expect(problem).toMatchObject({ code: 'WINDOW_TOO_LARGE', hint: expect.stringContaining('shorter') as string });
});
