/** The drift node over deploys and restarts, asked by the sidebar, and as the beginning of a training. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as driftConfig from '../../nodes/drift/config.ts';
import locale from '../../nodes/drift/locale.json' with { type: 'json' };
import drift from '../../nodes/drift/node.ts';
import * as trainConfig from '../../nodes/train/config.ts';
import train from '../../nodes/train/node.ts';
import { metricsText, systemClock } from '../../runtime/base/index.ts';
import { createDrift } from '../../runtime/drift/index.ts';
import { driftAnswer, driftHistory, driftPicture, type View } from '../../runtime/messages/index.ts';
import type { Host, Red } from '../../runtime/node-red/index.ts';
import { serveDrift } from '../../runtime/node-red/admin/drift.ts';
import { adminRoutes } from '../../runtime/node-red/admin/routes.ts';
import { serveTell } from '../../runtime/node-red/admin/tell.ts';
import { seededRandom } from '../../runtime/numerics/index.ts';
import { createViewHub, type Services } from '../../runtime/services/index.ts';
import { twoKinds, workplace } from '../runtime/services/learning/support.ts';
import {
  type EmbeddedNodeRed,
  type FlowNode,
  type Message,
  registerCollectors,
  startNodeRed,
  until,
} from '../support/node-red.ts';

const sent: Message[] = [];
const unusual: Message[] = [];
const trained: Message[] = [];
const shown: View[] = [];
let directory: string;
let nodeRed: EmbeddedNodeRed;
let stop: () => Promise<void> = async () => undefined;

/** The node's own words, as Node-RED finds them in the built palette. */
function word(key: string, values: Readonly<Record<string, unknown>> = {}): string {
  const [, node = '', name = ''] = /^(\w+)\.status\.(\w+)$/.exec(key) ?? [];
  if (node !== 'drift') return key;
  const text = locale.status[name as keyof typeof locale.status];
  return text.replace(/__(\w+)__/g, (_, value: string) => String(values[value]));
}

/** One process: its Node-RED, and its drift on the directory that the one before it used. */
async function start(more: Partial<Services> = {}): Promise<void> {
  const models = { resolve: () => Promise.reject(new Error('there is no model')) };
  const views = createViewHub();
  views.listen((view) => shown.push(view));
  const own = createDrift({ models, clock: systemClock, directory });
  const services = { clock: systemClock, views, models, drift: own, ...more } as unknown as Services;
  const host: Host = { services };
  nodeRed = await startNodeRed({
    register: (red: Red) => {
      const routes = adminRoutes(red);
      serveTell(routes);
      serveDrift(routes, services);
      drift({ ...red, _: word }, host, driftConfig.palette);
      train({ ...red, _: word }, host, trainConfig.palette);
      registerCollectors(red, { sent, unusual, trained });
    },
  });
  stop = async () => {
    await nodeRed.stop();
    await own.close();
  };
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-drift-'));
  for (const list of [sent, unusual, trained, shown]) list.length = 0;
});
afterEach(async () => {
  await stop();
  stop = async () => undefined;
  await rm(directory, { recursive: true, force: true });
});

const at = { z: 'tab', x: 100, y: 100 };
const flow = (more: Partial<FlowNode> = {}, ...others: FlowNode[]): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'test' },
  {
    ...{ id: 'drift', type: 'drift', ...at, source: 'stream', learn: '100', window: '20' },
    ...{ wires: [['out'], ['odd']], ...more },
  },
  { id: 'out', type: 'collects-sent', ...at, wires: [] },
  { id: 'odd', type: 'collects-unusual', ...at, wires: [] },
  ...others,
];

let row = 0;
const random = seededRandom(4);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
function feed(count: number, higher = 0): void {
  const node = nodeRed.node('drift');
  for (let i = 0; i < count; i++) {
    node.receive({ payload: { a: normal() + higher, b: normal() }, time: 1_700_000_000_000 + 1000 * row++ });
  }
}
const states = () => sent.map(({ payload }) => (payload as { state: string }).state);
const get = async (path: string) => (await fetch(`${nodeRed.url}/millrace/${path}`)).json() as Promise<unknown>;

describe('a drift node', () => {
  it('goes on where it stood: after a deploy, and after a restart in the middle of a drift', async () => {
    await start();
    await nodeRed.deploy(flow());
    feed(60);
    await nodeRed.status('drift', (text) => text === 'learning 60/100');
    // Another place on the canvas is no other setting.
    await nodeRed.deploy(flow({ x: 200, name: 'renamed' }));
    await nodeRed.status('drift', (text) => text === 'learning 60/100');
    feed(60);
    await nodeRed.status('drift', (text) => text === 'no drift');
    feed(60, 5);
    await nodeRed.status('drift', (text) => text === 'drift: a');
    await until(() => sent.length > 0, 'the start');
    expect(sent[0]).toMatchObject({ retain: true, payload: { kind: 'data', state: 'start' } });

    await stop();
    shown.length = 0;
    await start();
    await nodeRed.deploy(flow());
    await nodeRed.status('drift', (text) => text === 'drift: a');
    expect(shown.find(({ kind }) => kind === 'drift')).toMatchObject({ state: 'drifting' });
    feed(60, 5);
    feed(100);
    await nodeRed.status('drift', (text) => text === 'no drift');
    await until(() => sent.length > 1, 'the end');
    expect(states()).toEqual(['start', 'end']);
    expect(unusual.length).toBeGreaterThan(0);
    const odd = { unusual: { why: expect.stringMatching(/^a is /) as string } };
    expect(unusual).toContainEqual(
      expect.objectContaining({ unusual: expect.objectContaining(odd.unusual) as object }),
    );
  });

  it('is listed, drawn and asked for its past by the sidebar, and learns anew when it is told to', async () => {
    await start();
    await nodeRed.deploy(flow());
    feed(200);
    await nodeRed.status('drift', (text) => text === 'no drift');
    const { streams } = driftAnswer.parse(await get('drift'));
    expect(streams).toMatchObject([{ node: 'drift', name: 'drift', state: 'calm' }]);
    const picture = driftPicture.parse(await get('drift/drift'));
    expect(picture.features.map(({ name }) => name)).toEqual(expect.arrayContaining(['a', 'b']));
    const history = driftHistory.parse(await get('drift/drift/history?points=5'));
    expect(history.courses.map(({ times }) => times.length)).toEqual(history.courses.map(() => 5));
    expect(await get('drift/nobody')).toMatchObject({ code: 'DRIFT_STREAM_NOT_FOUND' });
    expect(await get('drift/drift/history?points=many')).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(metricsText()).toContain('millrace_drift_state{node="drift"} 1');

    const tell = (command: unknown) =>
      fetch(`${nodeRed.url}/millrace/tell/drift`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(command),
      });
    expect((await tell({ do: 'something' })).status).toBe(400);
    feed(60, 5);
    await until(() => sent.length > 0, 'the start');
    expect((await tell({ do: 'relearn' })).status).toBe(200);
    await until(() => sent.length > 1, 'the end');
    expect(states()).toEqual(['start', 'end']);
    feed(200, 5);
    await nodeRed.status('drift', (text) => text === 'no drift');
    expect(states()).toEqual(['start', 'end']);
    nodeRed.node('drift').receive({ report: true });
    await until(() => sent.length > 2, 'the report');
    expect(sent[2]).toMatchObject({ payload: { state: 'end', words: 'nothing drifts' } });
    nodeRed.node('drift').receive({ relearn: true });
    feed(40, 5);
    await nodeRed.status('drift', (text) => text.startsWith('learning'));

    await nodeRed.deploy([{ id: 'tab', type: 'tab', label: 'test' }]);
    expect(driftAnswer.parse(await get('drift')).streams).toEqual([]);
    expect(metricsText()).not.toContain('millrace_drift_state{node="drift"}');
  });

  it('begins a training: wired through a switch, the start of drift trains a model', async () => {
    await using place = await workplace();
    await place.fill('kinds', twoKinds(40, 3));
    const { learning, models, dataSets } = place;
    await start({ learning, models, dataSets });
    const rules = [{ t: 'eq', v: 'start', vt: 'str' }];
    const choices = { trainer: 'logistic-regression', calibrate: 'off' };
    await nodeRed.deploy(
      flow(
        { wires: [['out', 'begins'], []] },
        {
          ...{ id: 'begins', type: 'switch', ...at, property: 'payload.state', propertyType: 'msg', rules },
          ...{ checkall: 'true', repair: false, outputs: 1, wires: [['train']] },
        },
        { id: 'train', type: 'train', ...at, choices, wires: [['trained']] },
        { id: 'trained', type: 'collects-trained', ...at, wires: [] },
      ),
    );
    feed(150);
    feed(60, 5);
    feed(100);
    await until(() => trained.length > 0, 'the model');
    await until(() => sent.length > 1, 'the end');
    expect(trained).toHaveLength(1);
    expect(trained[0]).toMatchObject({ model: { name: 'my-kinds', version: '1.0.0' } });
  });
});
