import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as driftConfig from '../../nodes/drift/config.ts';
import locale from '../../nodes/drift/locale.json' with { type: 'json' };
import drift from '../../nodes/drift/node.ts';
import * as modelConfig from '../../nodes/model/config.ts';
import model from '../../nodes/model/node.ts';
import { systemClock } from '../../runtime/base/index.ts';
import { createDrift } from '../../runtime/drift/index.ts';
import { driftMessage, type View } from '../../runtime/messages/index.ts';
import type { ModelPackage } from '../../runtime/models/package/index.ts';
import { openRegistry } from '../../runtime/models/registry/index.ts';
import type { Host, Red } from '../../runtime/node-red/index.ts';
import { createViewHub } from '../../runtime/services/index.ts';
import { type EmbeddedNodeRed, type Message, startNodeRed, until } from '../support/node-red.ts';

const models = openRegistry({
  layers: [join(import.meta.dirname, '../../flows/pump/models')],
  directory: join(import.meta.dirname, 'no-models-here'),
});
const views = createViewHub();
const shown: View[] = [];
views.listen((view) => shown.push(view));
const sent: Message[] = [];

/** The node's own words, as Node-RED finds them in the built palette. */
function word(key: string, values: Readonly<Record<string, unknown>> = {}): string {
  const text = locale.status[key.replace('drift.status.', '') as keyof typeof locale.status];
  return text.replace(/__(\w+)__/g, (_, name: string) => String(values[name]));
}

let pump: ModelPackage;
let nodeRed: EmbeddedNodeRed;
beforeAll(async () => {
  pump = await models.resolve('');
  const services = { clock: systemClock, views, models, drift: createDrift({ models, clock: systemClock }) };
  const host = { services } as unknown as Host;
  nodeRed = await startNodeRed({
    register: (red: Red) => {
      model(red, host, modelConfig.palette);
      drift({ ...red, _: word }, host, driftConfig.palette);
      red.nodes.registerType('collects-drift', function (config) {
        red.nodes.createNode(this, config);
        this.on('input', (message, _send, done) => {
          sent.push(message);
          done();
        });
      });
    },
  });
});
afterAll(() => nodeRed.stop());

/** What infer would send for row `index` of the reference, `warmer` °C warmer. */
function prediction(index: number, warmer: number): Message {
  const { names = [], rows = [] } = pump.reference ?? {};
  const values = names.map((name, i) => [name, (rows[index]?.[i] ?? 0) + (name === 'mean_temperature' ? warmer : 0)]);
  const { name, version } = pump.manifest;
  return {
    id: `reading ${index}`,
    topic: 'pump',
    time: 1_700_000_000_000 + 250 * index,
    payload: { label: 'healthy', confidence: 1, scores: { healthy: 1 } },
    features: Object.fromEntries(values) as Record<string, number>,
    model: { name, version, digest: pump.digest },
  };
}

it('dragged in and wired behind infer, it alarms when a sensor drifts and says when it is over', async () => {
  await nodeRed.deploy([
    { id: 'tab', type: 'tab', label: 'drift' },
    { id: 'drift', type: 'drift', z: 'tab', x: 100, y: 100, wires: [['sink']] },
    { id: 'sink', type: 'collects-drift', z: 'tab', x: 300, y: 100, wires: [] },
  ]);
  const node = nodeRed.node('drift');
  await nodeRed.status('drift', (text) => text === 'waiting');
  const feed = (from: number, to: number, warmer: number) => {
    for (let index = from; index < to; index++) node.receive(prediction(index, warmer));
  };
  feed(0, 16, 0);
  await nodeRed.status('drift', (text) => text === 'learning 16/30');
  feed(16, 200, 0);
  await nodeRed.status('drift', (text) => text === 'no drift');
  expect(sent).toEqual([]);

  feed(200, 300, 15);
  // What all features say together may come first; the thermometer is named then or in a change.
  const status = await nodeRed.status('drift', (text) => text === 'drift: …temperature');
  expect(status.length).toBeLessThan(20);
  await until(() => sent.length > 0, 'the alarm');
  const named = () =>
    sent
      .flatMap(({ payload }) => driftMessage.shape.payload.parse(payload).features)
      .filter(({ drifting }) => drifting);
  await until(() => named().some(({ name }) => name === 'mean_temperature'), 'the name of the sensor');
  expect(new Set(named().map(({ name }) => name))).toEqual(new Set(['all together', 'mean_temperature']));
  const start = driftMessage.parse(sent[0]);
  expect(start).toMatchObject({
    topic: 'pump',
    payload: { kind: 'data', state: 'start' },
    model: { name: 'pump-health' },
  });
  expect(start.id).toMatch(/^reading 2\d\d$/);
  expect(start.time).toBeGreaterThan(start.payload.since);
  await until(() => shown.some((view) => view.kind === 'drift' && view.state === 'drifting'), 'the view');

  feed(300, 400, 0);
  await nodeRed.status('drift', (text) => text === 'no drift');
  const states = () => sent.map(({ payload }) => (payload as { state: string }).state);
  await until(() => states().at(-1) === 'end', 'the end');
  expect(states().filter((state) => state !== 'change')).toEqual(['start', 'end']);

  node.receive({ payload: '' });
  await nodeRed.status('drift', (text) => text === 'no features');
});

it('takes the reference of the model that was chosen, and learns where it is told to', async () => {
  await nodeRed.deploy([
    { id: 'tab', type: 'tab', label: 'drift' },
    { id: 'the-model', type: 'model', model: 'pump-health' },
    { id: 'chosen', type: 'drift', model: 'the-model', window: '20', z: 'tab', x: 100, y: 100, wires: [[]] },
    { id: 'learns', type: 'drift', source: 'stream', learn: '200', z: 'tab', x: 100, y: 200, wires: [[]] },
  ]);
  for (let index = 0; index < 100; index++) {
    const { features } = prediction(index, 0);
    nodeRed.node('chosen').receive({ payload: features });
    nodeRed.node('learns').receive({ payload: features });
  }
  await nodeRed.status('chosen', (text) => text === 'no drift');
  await nodeRed.status('learns', (text) => /^learning \d+\/200$/.test(text));
});
