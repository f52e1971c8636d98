import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import * as groomConfig from '../../nodes/groom/config.ts';
import groom from '../../nodes/groom/node.ts';
import { metricsText, systemClock } from '../../runtime/base/index.ts';
import type { View } from '../../runtime/messages/index.ts';
import { flushNodes, type Host, type Red } from '../../runtime/node-red/index.ts';
import { createViewHub } from '../../runtime/services/index.ts';
import { signal } from '../../runtime/signal/index.ts';
import { type EmbeddedNodeRed, type Message, registerCollectors, startNodeRed, until } from '../support/node-red.ts';

let nodeRed: EmbeddedNodeRed;
const sent: Message[] = [];
const counted: Message[] = [];
const caught: Message[] = [];
const shown: View[] = [];

beforeAll(async () => {
  const views = createViewHub();
  views.listen((view) => void shown.push(view));
  const host = { services: { clock: systemClock, views, signal } } as unknown as Host;
  nodeRed = await startNodeRed({
    register: (red: Red) => {
      groom(red, host, groomConfig.palette);
      registerCollectors(red, { sent, counted, caught });
    },
  });
});
afterAll(() => nodeRed.stop());
beforeEach(() => {
  sent.length = counted.length = caught.length = shown.length = 0;
});

const at = { z: 'tab', x: 100, y: 100 };
const flow = (settings: Message) => [
  { id: 'tab', type: 'tab', label: 'test' },
  { id: 'groom', type: 'groom', ...at, ...settings, wires: [['out'], ['counts']] },
  { id: 'out', type: 'collects-sent', ...at, wires: [] },
  { id: 'counts', type: 'collects-counted', ...at, wires: [] },
  { id: 'catch', type: 'catch', ...at, scope: null, wires: [['errors']] },
  { id: 'errors', type: 'collects-caught', ...at, wires: [] },
];
const deploy = (...steps: readonly Message[]) => nodeRed.deploy(flow(steps.length > 0 ? { steps } : {}));
const count = (list: readonly Message[], wanted: number) =>
  until(() => (list.length >= wanted ? list : undefined), `${wanted} messages`);
const receive = (message: Message) => nodeRed.node('groom').receive(message);
const payloads = () => sent.map(({ payload }) => payload);

it('dragged in and wired leaves out what changes by less than one per cent', async () => {
  await deploy();
  [100, 100.5, 102, 101.5, 104].forEach((payload, n) =>
    receive({ payload, time: n * 1000, id: `r${n}`, topic: 'boiler' }),
  );
  await count(sent, 3);
  expect(sent).toMatchObject([
    { payload: 100, id: 'r0', time: 0, topic: 'boiler' },
    { payload: 102, id: 'r2', time: 2000 },
    { payload: 104, id: 'r4' },
  ]);
  await nodeRed.status('groom', (text) => text.startsWith('groom.status.run'));
});

it('takes the steps from the top down, each for its channels', async () => {
  await deploy(
    { type: 'range', channels: 't', low: -40, high: 85 },
    { type: 'unit', channels: 't', from: '°C', to: '°F' },
    { type: 'duplicates', channels: 'x, y' },
  );
  receive({ payload: { t: 20, x: 1, y: 1 }, time: 0 });
  receive({ payload: { t: 900, x: 1, y: 2 }, time: 1 });
  receive({ payload: { t: 30, x: 1, y: 2 }, time: 2, unit: '°C' });
  await count(sent, 3);
  expect(payloads()).toEqual([{ t: 68, x: 1, y: 1 }, { y: 2 }, { t: 86 }]);
  expect(sent[2]?.['unit']).toBe('°F');
});

it('summarises periods, and sends what it holds back when it is deployed anew', async () => {
  await deploy({ type: 'aggregate', period: 1, mean: true, max: true });
  for (let n = 0; n < 15; n++) receive({ payload: n, time: 5000 + n * 100, id: `r${n}` });
  await count(sent, 1);
  expect(sent).toMatchObject([{ payload: { mean: 4.5, max: 9 }, start: 5000, time: 6000, id: 'r9' }]);
  await nodeRed.deploy(flow({ name: 'another', steps: [] }), 'nodes');
  await count(sent, 2);
  expect(sent[1]).toMatchObject({ payload: { mean: 12, max: 14 }, start: 6000, time: 7000, id: 'r14' });
});

it('loses nothing of what it holds back, whatever is deployed', async () => {
  const steps = [{ type: 'compress', deviation: 0.1 }];
  await nodeRed.deploy(flow({ steps }));
  for (let n = 0; n < 10; n++) receive({ payload: n, time: n * 100 });
  await count(sent, 1);
  await nodeRed.deploy(flow({ name: 'another', steps }), 'full');
  await count(sent, 2);
  for (let n = 10; n < 20; n++) receive({ payload: n, time: n * 100 });
  await count(sent, 3);
  const out = flow({}).filter(({ id }) => id !== 'groom');
  await nodeRed.deploy(out, 'nodes');
  await count(sent, 4);
  expect(payloads()).toEqual([0, 9, 10, 19]);
});

it('sends what it holds back before the process stops', async () => {
  await deploy({ type: 'aggregate', period: 10 });
  receive({ payload: 5, time: 1000 });
  await nodeRed.status('groom', (text) => text.startsWith('groom.status.run'));
  expect(sent).toEqual([]);
  await flushNodes();
  await count(sent, 1);
  expect(payloads()).toEqual([5]);
});

it('tells on output 2 what became of the values, when it is asked and every period', async () => {
  await nodeRed.deploy(flow({ name: 'tidy', steps: [{ type: 'range', low: 0, high: 10 }], report: '0.05' }));
  for (const payload of [1, 50, 2, NaN]) receive({ payload, time: payload });
  await count(counted, 1);
  await until(() => counted.find(({ payload }) => (payload as Message)['taken'] === 4), 'all of them');
  expect(counted.at(-1)).toMatchObject({
    topic: 'tidy',
    payload: { taken: 4, sent: 2, held: 0, dropped: { range: 1, invalid: 1, outliers: 0 } },
  });
  await nodeRed.deploy(flow({ steps: [{ type: 'range', low: 0, high: 10 }] }));
  counted.length = 0;
  receive({ payload: 1 });
  receive({ counts: true, id: 'asked' });
  await count(counted, 1);
  expect(counted).toMatchObject([{ id: 'asked', payload: { taken: 1, sent: 1 } }]);
});

it('tells in the sidebar and in the metrics what was left out and why', async () => {
  await deploy({ type: 'range', low: 0, high: 10 }, { type: 'unit', to: 'K' });
  const before = Number(/millrace_groom_values_left_out_total\{reason="range"\} (\d+)/.exec(metricsText())?.[1] ?? 0);
  for (const payload of [{ t: 4 }, { t: 50 }, { t: 5 }]) receive({ payload, unit: '°C' });
  await count(sent, 2);
  const view = await until(
    () => shown.find((each) => each.kind === 'readings' && each.counts?.some(({ what }) => what === 'range')),
    'a view',
  );
  expect(view).toMatchObject({
    unit: 'K',
    channels: [{ name: 't', last: 278.15 }],
    counts: [
      { what: 'taken', count: 3 },
      { what: 'sent', count: 2 },
      { what: 'range', count: 1 },
    ],
  });
  expect(metricsText()).toContain(`millrace_groom_values_left_out_total{reason="range"} ${before + 1}`);
});

it('reads and writes the property of its settings', async () => {
  await nodeRed.deploy(flow({ property: 'data.level', steps: [{ type: 'duplicates' }] }));
  for (const level of [1, 1, 2]) receive({ payload: 'kept', data: { level, other: true } });
  await count(sent, 2);
  expect(sent[1]).toMatchObject({ payload: 'kept', data: { level: 2, other: true } });
});

it('gives what it cannot take to Catch and goes on', async () => {
  await deploy({ type: 'unit', from: '°C', to: '°F' });
  receive({ payload: 'warm' });
  receive({ payload: 68, unit: '°F' });
  receive({ payload: 20, unit: '°C' });
  await count(sent, 1);
  expect(caught.map(({ error }) => (error as Message)['code'])).toEqual(['READING_NOT_NUMERIC', 'UNIT_MISMATCH']);
  expect(sent).toMatchObject([{ payload: 68, unit: '°F' }]);
});

it('refuses settings that cannot be, and says which row', async () => {
  await deploy({ type: 'range', low: 5, high: 1 });
  await nodeRed.status('groom', (text) => text === 'wrong setting');
  await deploy({ type: 'unit', from: 'V', to: '°F' });
  await nodeRed.status('groom', (text) => text === 'unit unknown');
});
