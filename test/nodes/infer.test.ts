import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as inferConfig from '../../nodes/infer/config.ts';
import infer from '../../nodes/infer/node.ts';
import * as modelConfig from '../../nodes/model/config.ts';
import model from '../../nodes/model/node.ts';
import { systemClock } from '../../runtime/base/index.ts';
import { createInference, type Inference } from '../../runtime/inference/index.ts';
import type { View } from '../../runtime/messages/index.ts';
import { writePackage } from '../../runtime/models/package/index.ts';
import { openRegistry, type Registry } from '../../runtime/models/registry/index.ts';
import type { Host, Red } from '../../runtime/node-red/index.ts';
import { type Recipe, recipeDigest } from '../../runtime/signal/index.ts';
import { createViewHub } from '../../runtime/services/index.ts';
import { softmaxOnnx, tinyManifest } from '../runtime/inference/tiny-model.ts';
import {
  type EmbeddedNodeRed,
  type FlowNode,
  type Message,
  registerCollectors,
  startNodeRed,
  until,
} from '../support/node-red.ts';

const views = createViewHub();
const shown: View[] = [];
views.listen((view) => shown.push(view));

let directory: string;
let inference: Inference;
let models: Registry;
let nodeRed: EmbeddedNodeRed;
const sent: Message[] = [];
const caught: Message[] = [];

const RECIPE: Recipe = {
  channels: ['x'],
  rate: 100,
  length: 4,
  stride: 2,
  blocks: [{ type: 'statistics', channels: ['x'], measures: ['mean', 'rms', 'peak'], detrend: 'none' }],
};
const GOOD = { mean: 1, rms: 2, peak: 0.5 };

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-test-'));
  const shipped = join(directory, 'shipped');
  await writePackage(join(shipped, 'tiny'), { manifest: tinyManifest, onnx: softmaxOnnx() });
  const withRecipe = { ...tinyManifest, name: 'with-recipe', recipe: RECIPE };
  await writePackage(join(shipped, 'with-recipe'), { manifest: withRecipe, onnx: softmaxOnnx() });
  for (const version of ['1.0.0', '1.1.0']) {
    const manifest = { ...tinyManifest, name: 'waterwheel', version };
    await writePackage(join(shipped, 'waterwheel', version), { manifest, onnx: softmaxOnnx() });
  }
  await writeFile(join(shipped, 'aliases.json'), '{"waterwheel": {"production": "1.0.0"}}');
  await mkdir(join(directory, 'own/broken'), { recursive: true });
  await writeFile(join(directory, 'own/broken/model.json'), '{"format": 1');
  inference = createInference({ clock: systemClock });
  models = openRegistry({ layers: [shipped], directory: join(directory, 'own') });
  const host = { services: { clock: systemClock, views, models, inference } } as unknown as Host;
  nodeRed = await startNodeRed({
    register: (red: Red) => {
      model(red, host, modelConfig.palette);
      infer(red, host, inferConfig.palette);
      registerCollectors(red, { sent, caught });
    },
  });
});
afterAll(async () => {
  await nodeRed.stop();
  await inference.close();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(() => {
  for (const list of [sent, caught, shown]) list.length = 0;
});

const at = { z: 'tab', x: 100, y: 100 };

/** infer → collects-sent, and a catch node. */
const flow = (settings: Message = {}, reference?: string): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'test' },
  ...(reference === undefined ? [] : [{ id: 'chosen', type: 'model', model: reference }]),
  {
    id: 'infer',
    type: 'infer',
    ...at,
    ...(reference !== undefined && { model: 'chosen' }),
    ...settings,
    wires: [['out']],
  },
  { id: 'out', type: 'collects-sent', ...at, wires: [] },
  { id: 'catch', type: 'catch', ...at, scope: null, wires: [['errors']] },
  { id: 'errors', type: 'collects-caught', ...at, wires: [] },
];

const count = (list: readonly Message[], wanted: number) =>
  until(() => (list.length >= wanted ? list : undefined), `${wanted} messages`);

describe('infer', () => {
  it('predicts with the shipped model without any setting and passes everything else on', async () => {
    await nodeRed.deploy(flow());
    await nodeRed.status('infer', (text) => text.includes('ready'));
    nodeRed.node('infer').receive({ payload: GOOD, id: 'window-1', time: 42, topic: 'pump' });
    const [message] = await count(sent, 1);
    expect(message).toMatchObject({
      id: 'window-1',
      time: 42,
      topic: 'pump',
      payload: { label: 'well', confidence: expect.closeTo(0.85195, 4) as number },
      model: { name: 'tiny', version: '1.0.0' },
      features: GOOD,
    });
    expect(message?.['latencyMs']).toBeGreaterThan(0);
    expect(shown.find(({ kind }) => kind === 'prediction')).toMatchObject({
      node: 'infer',
      classification: { label: 'well' },
    });
  });

  it('reads and writes the property of its settings, with the model that is chosen', async () => {
    await nodeRed.deploy(flow({ property: 'pump.features' }, 'tiny@1.0.0'));
    nodeRed.node('infer').receive({ payload: 'kept', pump: { features: [1, 2, 0.5], number: 7 } });
    const [message] = await count(sent, 1);
    expect(message).toMatchObject({ payload: 'kept', pump: { features: { label: 'well' }, number: 7 } });
  });

  it('says a wrong feature count once, with its code, and answers the next message', async () => {
    await nodeRed.deploy(flow());
    nodeRed.node('infer').receive({ payload: { mean: 1, rms: 2 }, topic: 'wrong' });
    nodeRed.node('infer').receive({ payload: GOOD, topic: 'right' });
    await count(sent, 1);
    await count(caught, 1);
    expect(sent.map(({ topic }) => topic)).toEqual(['right']);
    expect(caught.map(({ topic, error }) => [topic, (error as Message)['code']])).toEqual([
      ['wrong', 'MODEL_INPUT_MISMATCH'],
    ]);
    expect(shown.filter(({ kind }) => kind === 'problem')).toMatchObject([
      { code: 'MODEL_INPUT_MISMATCH', title: 'wrong features' },
    ]);
    const texts = nodeRed.statuses.filter(({ id, status }) => id === 'infer' && status.fill === 'red');
    expect(texts.at(-1)?.status.text).toBe('wrong features');
  });

  it('warns as long as the features were made by another recipe than the model was trained with', async () => {
    await nodeRed.deploy(flow({}, 'with-recipe'));
    const other = recipeDigest({ ...RECIPE, rate: 50 });
    const give = (recipe?: string) =>
      nodeRed.node('infer').receive({ payload: [1, 2, 0.5], ...(recipe !== undefined && { recipe }) });
    give(other);
    // Without the locale, which the build adds, the key is the text.
    await nodeRed.status('infer', (text) => text.startsWith('infer.status.other'));
    expect(nodeRed.statuses.at(-1)?.status.fill).toBe('yellow');
    const problem = () => shown.findLast(({ kind }) => kind === 'problem' || kind === 'cleared');
    expect(problem()).toMatchObject({ node: 'infer', code: 'RECIPE_DIFFERS', count: 1 });
    expect(problem()).toMatchObject({
      message: expect.stringMatching(`${recipeDigest(RECIPE).slice(0, 8)}.*${other.slice(0, 8)}`) as string,
    });

    // It goes by itself when the features are right.
    give(recipeDigest(RECIPE));
    await nodeRed.status('infer', (text) => text === 'infer.status.label');
    expect(problem()).toMatchObject({ kind: 'cleared', what: 'problem' });
    // Of features that do not say how they were made nothing is said.
    give();
    await count(sent, 3);
    expect(problem()).toMatchObject({ kind: 'cleared' });
    expect(caught).toEqual([]);
  });

  it('runs the recipe of its model on a window, and says of one that does not fit what it needs', async () => {
    await nodeRed.deploy(flow({}, 'with-recipe'));
    const window = (samples: number) => ({
      payload: { channels: ['x'], rate: 100, start: 0, data: [1, 2, 3, 2].slice(0, samples), shape: [samples, 1] },
    });
    nodeRed.node('infer').receive(window(3));
    nodeRed.node('infer').receive(window(4));
    const [message] = await count(sent, 1);
    expect(message?.['features']).toMatchObject({ mean: 2, peak: 3 });
    const [refused] = await count(caught, 1);
    expect(refused?.['error']).toMatchObject({
      code: 'WINDOW_LENGTH_WRONG',
      message: expect.stringContaining('windows of 4 samples, got 3') as string,
    });
  });

  it('takes its warning down when it is deployed anew', async () => {
    await nodeRed.deploy(flow({}, 'with-recipe'));
    nodeRed.node('infer').receive({ payload: [1, 2, 0.5], recipe: 'another' });
    await until(() => shown.find(({ kind }) => kind === 'problem'), 'the warning');
    await nodeRed.deploy(flow({ name: 'anew' }, 'with-recipe'));
    await until(() => shown.find(({ kind }) => kind === 'cleared'), 'its end');
  });

  it('waits for a model that is not there yet, says what there is, and begins by itself when it comes', async () => {
    await nodeRed.deploy(flow({}, 'tny'));
    await nodeRed.status('infer', (text) => text.startsWith('infer.status.noMod'));
    expect(nodeRed.statuses.findLast(({ id }) => id === 'infer')?.status.fill).toBe('yellow');
    for (let i = 0; i < 5; i++) nodeRed.node('infer').receive({ payload: GOOD });
    const told = shown.filter(({ kind }) => kind === 'problem');
    expect(told).toMatchObject([{ node: 'chosen', code: 'MODEL_AWAITED', waiting: true }]);
    // The nearest first: who misspelt the name sees it.
    expect((told[0] as { hint: string }).hint).toContain('there is tiny@1.0.0');
    const own = join(directory, 'own');
    const other = openRegistry({ layers: [], directory: own });
    const parts = await writePackage(join(directory, 'made'), {
      manifest: { ...tinyManifest, name: 'tny' },
      onnx: softmaxOnnx(),
    }).then(() => join(directory, 'made'));
    // As another process would: it is seen all the same.
    await other.put(parts);
    await other.close();
    await nodeRed.status('infer', (text) => text.startsWith('infer.status.switc'));
    nodeRed.node('infer').receive({ payload: GOOD });
    expect(await count(sent, 1)).toMatchObject([{ model: { name: 'tny' } }]);
    expect(shown.findLast(({ node }) => node === 'chosen')).toMatchObject({ kind: 'cleared', what: 'problem' });
    expect(caught).toEqual([]);
  });

  it('tells at once of a model that is there and broken', async () => {
    await nodeRed.deploy(flow({}, 'broken'));
    nodeRed.node('infer').receive({ payload: GOOD });
    expect((await count(caught, 1))[0]?.['error']).toMatchObject({
      code: expect.stringMatching(/^PACKAGE_/) as string,
    });
    expect(sent).toEqual([]);
  });

  it('moves its alias when a message says so, and predicts with what the alias means from then on', async () => {
    // Without the locale the key is the text, cut to what a status has room for.
    const status = (key: string) =>
      nodeRed.status('infer', (text) => text.startsWith(`infer.status.${key.slice(0, 5)}`));
    await nodeRed.deploy(flow({}, 'waterwheel@production'));
    await nodeRed.status('infer', (text) => text.includes('ready'));
    const give = (more: Message = {}) => nodeRed.node('infer').receive({ payload: GOOD, ...more });
    give();
    const [first] = await count(sent, 1);
    expect(first).toMatchObject({ model: { name: 'waterwheel', version: '1.0.0' } });

    // As a drift event would be wired: a control message asks nothing, whatever else is in it.
    const drift = { kind: 'data', state: 'start' };
    give({ payload: drift, model: first?.['model'], alias: { name: 'production', to: '1.1.0' } });
    await status('switched');
    give();
    expect((await count(sent, 2)).at(-1)).toMatchObject({ model: { version: '1.1.0' } });

    // The same switch again finds nothing to do, and an event of the version that was replaced comes too late.
    for (const to of ['1.1.0', 'previous']) {
      give({ model: first?.['model'], alias: { name: 'production', to } });
      await status('stays');
      give();
    }
    expect((await count(sent, 4)).at(-1)).toMatchObject({ model: { version: '1.1.0' } });

    give({ alias: { name: 'production', to: 'previous' } });
    await status('switched');
    give();
    expect((await count(sent, 5)).at(-1)).toMatchObject({ model: { version: '1.0.0' } });
    // A control message is no input: nothing is sent for it.
    expect(sent.every(({ payload }) => (payload as Message)['label'] === 'well')).toBe(true);
    expect(caught).toEqual([]);
  });

  it('says of a control message that cannot be followed why, and goes on predicting', async () => {
    await nodeRed.deploy(flow({}, 'waterwheel@1.1.0'));
    await nodeRed.status('infer', (text) => text.includes('ready'));
    for (const alias of [{ name: 'production', to: '1.0.0' }, 'production']) {
      nodeRed.node('infer').receive({ payload: GOOD, alias });
    }
    expect((await count(caught, 2)).map(({ error }) => (error as Message)['code'])).toEqual([
      'ALIAS_NOT_FOLLOWED',
      'ALIAS_COMMAND_INVALID',
    ]);
    nodeRed.node('infer').receive({ payload: GOOD });
    expect(await count(sent, 1)).toMatchObject([{ model: { version: '1.1.0' } }]);
  });

  it('loses no message that it has taken when it is deployed anew', async () => {
    await nodeRed.deploy(flow());
    await nodeRed.status('infer', (text) => text.includes('ready'));
    for (let i = 0; i < 20; i++) nodeRed.node('infer').receive({ payload: GOOD, topic: String(i) });
    await nodeRed.deploy(flow({ name: 'another name' }), 'nodes');
    nodeRed.node('infer').receive({ payload: GOOD, topic: 'after' });
    await count(sent, 21);
    expect(sent.map(({ topic }) => topic)).toEqual([...Array.from({ length: 20 }, (_, i) => String(i)), 'after']);
    expect(caught).toEqual([]);
  });
});
