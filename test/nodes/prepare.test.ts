import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as featuresConfig from '../../nodes/features/config.ts';
import features from '../../nodes/features/node.ts';
import * as modelConfig from '../../nodes/model/config.ts';
import model from '../../nodes/model/node.ts';
import * as windowConfig from '../../nodes/window/config.ts';
import window from '../../nodes/window/node.ts';
import { systemClock } from '../../runtime/base/index.ts';
import { openRegistry } from '../../runtime/models/registry/index.ts';
import type { Host, Red } from '../../runtime/node-red/index.ts';
import { createViewHub } from '../../runtime/services/index.ts';
import { signal } from '../../runtime/signal/index.ts';
import {
  type EmbeddedNodeRed,
  type FlowNode,
  type Message,
  registerCollectors,
  startNodeRed,
  until,
} from '../support/node-red.ts';

const shipped = `${import.meta.dirname}/../../flows/pump/models`;

let nodeRed: EmbeddedNodeRed;
const sent: Message[] = [];
const caught: Message[] = [];

beforeAll(async () => {
  const models = openRegistry({ layers: [shipped], directory: '/nonexistent' });
  const services = { clock: systemClock, views: createViewHub(), models, signal };
  const host = { services } as unknown as Host;
  nodeRed = await startNodeRed({
    register: (red: Red) => {
      model(red, host, modelConfig.palette);
      window(red, host, windowConfig.palette);
      features(red, host, featuresConfig.palette);
      registerCollectors(red, { sent, caught });
    },
  });
});
afterAll(() => nodeRed.stop());
beforeEach(() => {
  sent.length = caught.length = 0;
});

const at = { z: 'tab', x: 100, y: 100 };

/** window → features → collects-sent, and a catch node. */
const flow = (ofWindow: Message = {}, ofFeatures: Message = {}, direct = false): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'test' },
  { id: 'window', type: 'window', ...at, ...ofWindow, wires: [[direct ? 'out' : 'features']] },
  { id: 'features', type: 'features', ...at, ...ofFeatures, wires: [['out']] },
  { id: 'pump', type: 'model', model: 'pump-health' },
  { id: 'out', type: 'collects-sent', ...at, wires: [] },
  { id: 'catch', type: 'catch', ...at, scope: null, wires: [['errors']] },
  { id: 'errors', type: 'collects-caught', ...at, wires: [] },
];

const count = (list: readonly Message[], wanted: number) =>
  until(() => (list.length >= wanted ? list : undefined), `${wanted} messages`);

/** Readings at 100 Hz. */
const push = (readings: number, payload: (n: number) => unknown, change: Message = {}) => {
  for (let n = 0; n < readings; n++) {
    nodeRed.node('window').receive({ payload: payload(n), id: `r${n}`, time: 1000 + n * 10, ...change });
  }
};
const pump = (n: number) => ({ x: Math.sin(n), y: Math.cos(n), z: 1, temperature: 30 });

describe('window', () => {
  it('dragged in and wired sends a window of 100 samples every 25, with the id and time of the last one', async () => {
    await nodeRed.deploy(flow({}, {}, true));
    push(130, pump, { topic: 'pump' });
    const [first, second] = await count(sent, 2);
    expect(first).toMatchObject({
      ...{ id: 'r99', time: 1990, topic: 'pump', gaps: 0 },
      payload: { channels: ['x', 'y', 'z', 'temperature'], rate: 100, start: 1000, shape: [100, 4] },
    });
    const { data } = first?.['payload'] as { data: Float32Array };
    expect(data).toBeInstanceOf(Float32Array);
    expect(data[4]).toBeCloseTo(Math.sin(1), 6);
    expect(second).toMatchObject({ id: 'r124', payload: { start: 1250 } });
    expect(sent).toHaveLength(2);
    await nodeRed.status('window', (text) => text.startsWith('window.status.run'));
  });

  it('takes the time of arrival where a reading brings none', async () => {
    await nodeRed.deploy(flow({ length: 2, stride: 2, rate: 10 }, {}, true));
    const before = systemClock.now();
    nodeRed.node('window').receive({ payload: 1 });
    await systemClock.sleep(5);
    nodeRed.node('window').receive({ payload: 2 });
    const [message] = await count(sent, 1);
    expect(message).toMatchObject({ payload: { rate: 10, channels: ['value'] } });
    expect(message?.['time']).toBeGreaterThan(before);
  });

  it('reads and writes the property of its settings', async () => {
    await nodeRed.deploy(flow({ length: '2', stride: '2', channels: 'b, a', property: 'raw' }, {}, true));
    push(2, () => 'kept', { raw: { a: 1, b: 2 } });
    const [message] = await count(sent, 1);
    expect(message).toMatchObject({ payload: 'kept', raw: { channels: ['b', 'a'] } });
  });

  it('gives a reading without numbers to Catch and goes on', async () => {
    await nodeRed.deploy(flow({ length: 2, stride: 2 }, {}, true));
    push(1, () => 'twelve');
    push(2, (n) => n);
    await count(sent, 1);
    expect(caught.map(({ error }) => (error as Message)['code'])).toEqual(['READING_NOT_NUMERIC']);
  });
});

describe('features', () => {
  it('dragged in and wired gives those of the shipped model for the pump’s channels', async () => {
    await nodeRed.deploy(flow());
    push(100, pump);
    const [message] = await count(sent, 1);
    const { manifest } = await openRegistry({ layers: [shipped], directory: '/nonexistent' }).resolve('');
    expect(Object.keys(message?.['payload'] as object)).toEqual(manifest.inputs[0]?.features);
    expect(message).toMatchObject({ id: 'r99', time: 1990, payload: { mean_temperature: 30, rms_z: 0 } });
    expect(message?.['recipe']).toMatch(/^[0-9a-f]{64}$/);
    await nodeRed.status('features', (text) => text.startsWith('features.status.r'));
  });

  it('dragged in and wired gives the usual statistics of a single number', async () => {
    await nodeRed.deploy(flow());
    push(100, (n) => n);
    const [message] = await count(sent, 1);
    expect(message?.['payload']).toMatchObject({ mean_value: 49.5, min_value: 0, max_value: 99 });
  });

  it('holds to the model that was chosen, and says what is missing', async () => {
    await nodeRed.deploy(flow({}, { model: 'pump' }));
    push(100, (n) => n);
    const [error] = await count(caught, 1);
    expect(error?.['error']).toMatchObject({
      code: 'WINDOW_CHANNELS_MISSING',
      message: expect.stringContaining('x, y, z, temperature') as string,
    });
    expect(sent).toEqual([]);
  });

  it('computes the rows of its own table in their order', async () => {
    const rows = [
      { measure: 'max', channels: 'y', edges: '' },
      { measure: 'bands', channels: 'x', edges: '0, 10, 50' },
      { measure: 'mean', channels: '', edges: '' },
    ];
    await nodeRed.deploy(flow({ length: 64, stride: 64 }, { from: 'own', rows }));
    push(64, (n) => ({ x: n, y: 1 - n }));
    const [message] = await count(sent, 1);
    expect(Object.keys(message?.['payload'] as object)).toEqual([
      ...['max_y', 'band_0_10_x', 'band_10_50_x', 'mean_x', 'mean_y'],
    ]);
    expect(message?.['payload']).toMatchObject({ max_y: 1, mean_x: 31.5 });
  });

  it('refuses what is no window', async () => {
    await nodeRed.deploy(flow());
    nodeRed.node('features').receive({ payload: { x: 1 } });
    const [error] = await count(caught, 1);
    expect(error?.['error']).toMatchObject({ code: 'WINDOW_INVALID' });
  });
});
