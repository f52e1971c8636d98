import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import * as filterConfig from '../../nodes/filter/config.ts';
import filter from '../../nodes/filter/node.ts';
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
      filter(red, host, filterConfig.palette);
      registerCollectors(red, { sent, caught });
    },
  });
});
afterAll(() => nodeRed.stop());
beforeEach(() => {
  sent.length = caught.length = shown.length = 0;
});

const at = { z: 'tab', x: 100, y: 100 };
const deploy = (settings: Message = {}) =>
  nodeRed.deploy([
    { id: 'tab', type: 'tab', label: 'test' },
    { id: 'filter', type: 'filter', ...at, ...settings, wires: [['out']] },
    { id: 'out', type: 'collects-sent', ...at, wires: [] },
    { id: 'catch', type: 'catch', ...at, scope: null, wires: [['errors']] },
    { id: 'errors', type: 'collects-caught', ...at, wires: [] },
  ]);
const count = (list: readonly Message[], wanted: number) =>
  until(() => (list.length >= wanted ? list : undefined), `${wanted} messages`);
const receive = (message: Message) => nodeRed.node('filter').receive(message);
const errors = () => caught.map(({ error }) => error as Message);

it('dragged in and wired gives the moving mean of any stream, and passes on the rest of each message', async () => {
  await deploy();
  [10, 20, 30].forEach((payload, n) => receive({ payload, time: n * 1000, id: `r${n}`, topic: 'boiler' }));
  await count(sent, 3);
  expect(sent).toMatchObject([
    { payload: 10, id: 'r0', time: 0, topic: 'boiler' },
    { payload: 15, id: 'r1' },
    { payload: 20, id: 'r2' },
  ]);
});

it('learns the rate, and then sends what it held back in order', async () => {
  await deploy({ kind: 'low', cutoff: '5' });
  for (let n = 0; n < 7; n++) receive({ payload: { x: 3 }, time: n * 10, id: `r${n}` });
  await nodeRed.status('filter', (text) => text.startsWith('filter.status.lear'));
  expect(sent).toEqual([]);
  for (let n = 7; n < 10; n++) receive({ payload: { x: 3 }, time: n * 10, id: `r${n}` });
  await count(sent, 10);
  expect(sent.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, n) => `r${n}`));
  await nodeRed.status('filter', (text) => text === 'filter.status.rate');
});

it('sends what still waits when it is deployed anew', async () => {
  await deploy({ kind: 'low', cutoff: 5 });
  for (let n = 0; n < 4; n++) receive({ payload: 3, time: n * 10 });
  await nodeRed.status('filter', (text) => text.startsWith('filter.status.lear'));
  await deploy({ kind: 'low', cutoff: 6 });
  await count(sent, 4);
});

it('filters windows', async () => {
  await deploy({ kind: 'high', cutoff: 5, property: 'window' });
  const data = Float32Array.from({ length: 100 }, (_, n) => 9.81 + Math.sin(n));
  const window = { channels: ['x'], rate: 100, start: 0, data, shape: [100, 1] };
  receive({ window, gaps: 0, id: 'w1' });
  const [message] = await count(sent, 1);
  expect(message).toMatchObject({ id: 'w1', gaps: 0, window: { channels: ['x'], rate: 100, shape: [100, 1] } });
  const filtered = [...(message?.['window'] as { data: Float32Array }).data];
  expect(Math.abs(filtered.reduce((a, b) => a + b) / 100)).toBeLessThan(0.2);
});

it('shows in the sidebar what came and what was made of it', async () => {
  await deploy({ length: 2 });
  receive({ payload: { x: 1 }, unit: 'g', time: 0 });
  receive({ payload: { x: 3 }, unit: 'g', time: 1 });
  const view = await until(
    () => shown.find((each) => each.kind === 'readings' && each.channels[0]?.last === 3),
    'a view of the second reading',
  );
  expect(view).toMatchObject({ unit: 'g', channels: [{ name: 'x' }, { name: 'x filtered', last: 2 }] });
});

it('refuses a NaN once, counts it, and filters on', async () => {
  await deploy({ kind: 'low', cutoff: 5, rate: 100 });
  for (let n = 0; n < 20; n++) receive({ payload: n === 5 || n === 6 ? NaN : 1, time: n * 10 });
  await count(sent, 18);
  expect(errors().map(({ code }) => code)).toEqual(['FILTER_READING_INVALID']);
  for (const { payload } of sent) expect(payload).toBeCloseTo(1, 9);
});

it.each([
  ['a stated rate', { rate: 100 }],
  ['the rate of the readings', {}],
])('says at the node that a cut-off lies above half of %s', async (_what, settings) => {
  await deploy({ kind: 'low', cutoff: 80, ...settings });
  for (let n = 0; n < 8; n++) receive({ payload: n, time: n * 10 });
  await nodeRed.status('filter', (text) => text === 'filter not valid');
  const problem = await until(() => shown.find(({ kind }) => kind === 'problem'), 'the problem');
  expect(problem).toMatchObject({ code: 'FILTER_INVALID', message: expect.stringMatching(/80 Hz.*100 Hz/) as string });
});
