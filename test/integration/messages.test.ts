/** What docs/messages.md promises, held against the messages of the pump flow as they really travel. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  driftMessage,
  type Envelope,
  featuresMessage,
  predictionMessage,
  reading,
  windowMessage,
  wireMessage,
} from '../../runtime/messages/index.ts';
import type { Red } from '../../runtime/node-red/index.ts';
import { type EmbeddedNodeRed, type FlowNode, type Message, startNodeRed, until } from '../support/node-red.ts';
import { freePort } from '../support/studio.ts';

const root = resolve(import.meta.dirname, '../..');
const STAGES = ['pump-pins', 'pump-temperature', 'pump-window', 'pump-features', 'pump-infer', 'pump-drift'];
const seen = new Map<string, Message[]>();
const of = (stage: string) => seen.get(stage) ?? [];

let nodeRed: EmbeddedNodeRed;
beforeAll(async () => {
  const port = await freePort();
  const flow = JSON.parse(await readFile(resolve(root, 'flows/pump/flow.json'), 'utf8')) as FlowNode[];
  nodeRed = await startNodeRed({
    nodesDir: [resolve(root, 'dist/millrace')],
    register: (red: Red) => {
      red.nodes.registerType('collects', function (config) {
        red.nodes.createNode(this, config);
        const stage = config.id.replace('collects-', '');
        this.on('input', (message, _send, done) => {
          seen.set(stage, [...of(stage), message]);
          done();
        });
      });
    },
  });
  const collected = [...STAGES, 'pump-arrives'];
  await nodeRed.deploy([
    ...flow.map((node) => {
      if (node.id === 'pump-target' || node.id === 'pump-broker') return { ...node, port: String(port) };
      if (!collected.includes(node.id)) return node;
      const [wires = []] = node['wires'] as string[][];
      return { ...node, wires: [[...wires, `collects-${node.id}`]] };
    }),
    ...collected.map((id) => ({ id: `collects-${id}`, type: 'collects', z: 'pump', x: 0, y: 0, wires: [] })),
  ]);
  // The window of drift fills with the pump as it was, before its thermometer goes astray.
  await nodeRed.status('pump-drift', (text) => text === 'no drift');
  nodeRed.node('pump-pins').receive({ world: { temperatureSensor: 'drifting' } });
  await until(() => of('pump-drift').length > 0 && of('pump-arrives').length > 0, 'the alarm', 60_000);
}, 120_000);
afterAll(() => nodeRed.stop());

/** Set at the source and kept to the end. */
const traced = ({ id, time, topic, source }: Envelope) =>
  expect([typeof id, typeof time, typeof topic, source]).toEqual(['string', 'number', 'string', 'Virtual pump']);

it.each([
  ['reading of several channels', 'pump-pins', reading],
  ['reading of one', 'pump-temperature', reading],
  ['window', 'pump-window', windowMessage.required({ gaps: true })],
  ['features', 'pump-features', featuresMessage.required({ recipe: true })],
  ['prediction', 'pump-infer', predictionMessage.required({ features: true })],
  ['drift', 'pump-drift', driftMessage.required({ model: true })],
] as const)('sends each %s as the contract has it', (_stage, node, schema) => {
  expect(of(node).length).toBeGreaterThan(0);
  for (const message of of(node)) traced(schema.parse(message));
});

it('keeps the id of the reading to the prediction and to the wire', () => {
  const ids = new Set(of('pump-pins').map(({ id }) => id));
  for (const { id } of of('pump-infer')) expect(ids).toContain(id);
  const arrived = of('pump-arrives').map(({ payload }) => wireMessage.parse(payload));
  expect(arrived.length).toBeGreaterThan(0);
  for (const message of arrived) {
    if (!('payload' in message)) throw new Error(`a gap on a healthy wire: ${JSON.stringify(message)}`);
    traced(predictionMessage.parse(message));
    expect(ids).toContain(message['id']);
  }
});

it('sends single numbers from a sensor, with their unit, and named ones from pins', () => {
  for (const message of of('pump-temperature')) expect(reading.parse(message)).toMatchObject({ unit: '°C' });
  const [first] = of('pump-pins').map((message) => reading.parse(message).payload);
  expect(Object.keys(first as object)).toEqual(['x', 'y', 'z', 'temperature']);
  expect(typeof of('pump-temperature')[0]?.['payload']).toBe('number');
});
