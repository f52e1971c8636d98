/** The features node with recipes of one's own, and what its dialog is told of them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as featuresConfig from '../../nodes/features/config.ts';
import { createBlock } from '../../nodes/features/kinds.ts';
import { migrations } from '../../nodes/features/migrations.ts';
import features from '../../nodes/features/node.ts';
import { STARTS } from '../../nodes/features/starts.ts';
import * as modelConfig from '../../nodes/model/config.ts';
import model from '../../nodes/model/node.ts';
import { systemClock } from '../../runtime/base/index.ts';
import { openRecordings } from '../../runtime/datasets/index.ts';
import { recipePreview, type RecipePreview } from '../../runtime/messages/index.ts';
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

const pump = `${import.meta.dirname}/../../flows/pump`;

let nodeRed: EmbeddedNodeRed;
const sent: Message[] = [];
const caught: Message[] = [];
const recordings = openRecordings({
  ...{ directory: '/nonexistent', clock: systemClock, shipped: [`${pump}/recordings`] },
});

beforeAll(async () => {
  const models = openRegistry({ layers: [`${pump}/models`], directory: '/nonexistent' });
  const services = { clock: systemClock, views: createViewHub(), models, signal, recordings };
  const host = { services } as unknown as Host;
  nodeRed = await startNodeRed({
    register: (red: Red) => {
      model(red, host, modelConfig.palette);
      features(red, host, featuresConfig.palette);
      registerCollectors(red, { sent, caught });
    },
  });
});
afterAll(async () => {
  await nodeRed.stop();
  await recordings.close();
});
beforeEach(() => {
  sent.length = caught.length = 0;
});

const at = { z: 'tab', x: 100, y: 100 };
const flow = (settings: Message): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'test' },
  { id: 'features', type: 'features', ...at, ...settings, wires: [['out']] },
  { id: 'pump', type: 'model', model: 'pump-health' },
  { id: 'out', type: 'collects-sent', ...at, wires: [] },
  { id: 'catch', type: 'catch', ...at, scope: null, wires: [['errors']] },
  { id: 'errors', type: 'collects-caught', ...at, wires: [] },
];

/** Of two channels at 200 Hz: a slow wave with a fast one on it, and noise that is none. */
const window = (start = 0) => {
  const samples = 128;
  const data = Float32Array.from({ length: 2 * samples }, (_, n) => {
    const sample = (n >> 1) + start / 5;
    return n % 2 === 0
      ? Math.sin((2 * Math.PI * 5 * sample) / 200) + 0.5 * Math.sin((2 * Math.PI * 60 * sample) / 200)
      : (sample * 7919) % 13;
  });
  return { channels: ['a', 'b'], rate: 200, start, data, shape: [samples, 2] };
};
const feed = (payload: unknown) => nodeRed.node('features').receive({ payload });
const next = async (list: Message[]) => {
  const [message] = await until(() => (list.length > 0 ? list.splice(0) : undefined), 'a message');
  return message as Message & { payload: Record<string, number> };
};

/** As the dialog asks. */
async function preview(settings: Message, id = 'features'): Promise<RecipePreview> {
  const answer = await ask(settings, id);
  expect(answer, JSON.stringify(answer)).not.toHaveProperty('code');
  return recipePreview.parse(answer);
}
async function ask(settings: Message, id = 'features'): Promise<unknown> {
  const response = await fetch(`${nodeRed.url}/millrace/nodes/features/preview`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ id, settings }),
  });
  return response.json();
}
const made = ({ blocks }: RecipePreview) =>
  Object.fromEntries(blocks.flatMap((block) => block.features).map(({ name, value }) => [name, value]));

const lowPass = { type: 'filter', channels: ['a'], pass: 'low', cutoffs: [20], order: 4 };
const rms = { type: 'statistics', channels: [], measures: ['rms'] };

describe('a recipe of one’s own', () => {
  it('runs its blocks in order: what a filter removes is not described', async () => {
    await nodeRed.deploy(flow({ from: 'own', blocks: [lowPass, rms], format: 1 }));
    feed(window());
    const { payload } = await next(sent);
    expect(Object.keys(payload)).toEqual(['rms_a', 'rms_b']);
    expect(payload['rms_a']).toBeGreaterThan(0.65);
    expect(payload['rms_a']).toBeLessThan(0.75);
    await nodeRed.deploy(flow({ from: 'own', blocks: [rms, lowPass], format: 1 }));
    feed(window());
    expect((await next(sent)).payload['rms_a']).toBeGreaterThan(0.78);
  });

  it('names the block that does not fit the windows, and goes on with the next', async () => {
    await nodeRed.deploy(flow({ from: 'own', blocks: [rms, { ...lowPass, cutoffs: [150] }], format: 1 }));
    feed(window());
    const { error } = await next(caught);
    expect(error).toMatchObject({ code: 'RECIPE_INVALID' });
    expect((error as Error).message).toContain('"blocks.1.cutoffs');
  });

  it('says which of its own settings is wrong before any window comes', async () => {
    await nodeRed.deploy(flow({ from: 'own', blocks: [{ ...lowPass, order: 99 }], format: 1 }));
    const { error } = await next(caught);
    expect(error).toMatchObject({ code: 'SETTING_INVALID' });
    expect((error as Error).message).toContain('blocks.0.order');
  });
});

describe('what an older Millrace saved', () => {
  const rows = [
    { measure: 'max', channels: 'b', edges: '' },
    { measure: 'bands', channels: 'a', edges: '0, 10, 50' },
    { measure: 'mean', channels: '', edges: '' },
  ];

  it('computes as it did, row by row', async () => {
    await nodeRed.deploy(flow({ from: 'own', rows }));
    feed(window());
    expect(Object.keys((await next(sent)).payload)).toEqual([
      ...['max_b', 'band_0_10_a', 'band_10_50_a', 'mean_a', 'mean_b'],
    ]);
  });

  it('does so too after Node-RED has filled in today’s defaults, as it does with what is pasted', async () => {
    const { blocks } = featuresConfig.config.parse({});
    await nodeRed.deploy(flow({ from: 'own', rows, blocks }));
    feed(window());
    expect(Object.keys((await next(sent)).payload)).toContain('band_0_10_a');
  });

  it('is in the shape of today after the migrations', () => {
    const saved = migrations.reduce((held, migrate) => migrate(held), { from: 'own', rows } as Message);
    expect(saved).not.toHaveProperty('rows');
    expect(featuresConfig.config.parse(saved).blocks).toEqual([
      { type: 'statistics', channels: ['b'], measures: ['max'], detrend: 'none' },
      { type: 'bands', channels: ['a'], edges: [0, 10, 50] },
      { type: 'statistics', channels: [], measures: ['mean'], detrend: 'none' },
    ]);
  });
});

describe('the preview', () => {
  const own = (...blocks: Message[]) => ({ from: 'own', blocks, format: 1 });

  it('gives to the byte the features that the deployed node sends of the same window', async () => {
    const settings = own(
      lowPass,
      { type: 'statistics', channels: [], measures: ['mean', 'rms', 'kurtosis'] },
      { type: 'bands', channels: ['a'], edges: [0, 10, 50, 100] },
      { type: 'spectral-features', channels: ['b'] },
    );
    await nodeRed.deploy(flow(settings));
    feed(window());
    const message = await next(sent);
    const answer = await preview(settings);
    expect(answer).toMatchObject({ source: 'live', digest: message['recipe'] });
    expect(made(answer)).toEqual(message.payload);
    expect(Object.keys(made(answer))).toEqual(Object.keys(message.payload));
  });

  it('gives those of a model too, by the recipe that the model brings', async () => {
    const settings = { from: 'model', model: 'pump' };
    await nodeRed.deploy(flow(settings));
    const answer = await preview(settings);
    expect(answer.source).toBe('example');
    expect(Object.keys(made(answer))).toContain('band_8_12_x');
    expect(answer.window.channels.map(({ name }) => name)).toEqual(['x', 'y', 'z', 'temperature']);
  });

  it('keeps to the rate with which the deployed node began, where the rate is an estimate', async () => {
    const settings = own({ type: 'bands', channels: ['a'], edges: [0, 10, 50] });
    await nodeRed.deploy(flow(settings));
    feed(window());
    await next(sent);
    feed({ ...window(640), rate: 203.4 });
    const message = await next(sent);
    const answer = await preview(settings);
    expect(answer.digest).toBe(message['recipe']);
    expect(made(answer)).toEqual(message.payload);
  });

  it('shows settings that are not deployed: the signal before and after a filter, and what each block costs', async () => {
    await nodeRed.deploy(flow(own(rms)));
    feed(window());
    feed(window(320));
    await until(() => (sent.length === 2 ? true : undefined), 'two messages');
    const answer = await preview(own(lowPass, rms));
    const [filter, statistics] = answer.blocks;
    const swing = (values: readonly (number | null)[] = []) =>
      Math.max(...values.map((value) => value ?? NaN)) - Math.min(...values.map((value) => value ?? NaN));
    const raw = answer.window.channels.find(({ name }) => name === 'a')?.values;
    expect(filter?.changed?.map(({ name }) => name)).toEqual(['a']);
    expect(swing(filter?.changed?.[0]?.values)).toBeLessThan(0.9 * swing(raw));
    expect(statistics?.features.map(({ name }) => name)).toEqual(['rms_a', 'rms_b']);
    for (const block of answer.blocks) expect(block.micros).toBeGreaterThan(0);
    expect(filter?.bytes).toBeGreaterThan(0);
    expect(answer).toMatchObject({ every: 320, window: { rate: 200, length: 128 } });
  });

  it('shows a recipe that is half done: a filter and nothing that describes', async () => {
    await nodeRed.deploy(flow(own(rms)));
    feed(window());
    await next(sent);
    expect((await preview(own(lowPass))).blocks[0]?.changed).toHaveLength(1);
  });

  it('shows an example where the node is not deployed, or has seen no window', async () => {
    await nodeRed.deploy(flow(own(rms)));
    for (const id of ['features', 'another']) {
      const answer = await preview(own(rms), id);
      expect(answer).toMatchObject({ source: 'example', window: { rate: 100, length: 100 } });
      expect(Object.keys(made(answer))).toContain('rms_temperature');
    }
  });

  it('shows the example under the names of channels that have not come yet', async () => {
    const answer = await preview(
      own({ ...rms, channels: ['left', 'right'] }, { ...lowPass, channels: ['left'] }),
      'new',
    );
    expect(answer.source).toBe('example');
    expect(Object.keys(made(answer))).toEqual(['rms_left', 'rms_right']);
    expect(answer.window.channels.map(({ name }) => name)).toEqual(['left', 'right']);
  });

  it('shows it too after something that is no window, which the node has refused', async () => {
    await nodeRed.deploy(flow(own(rms)));
    feed('twelve');
    await next(caught);
    expect((await preview(own(rms))).source).toBe('example');
  });

  it('takes the typed arrays of function nodes, which come from another realm', async () => {
    await nodeRed.deploy(flow(own(rms)));
    feed({ ...window(), data: new Float64Array(window().data) });
    const { payload } = await next(sent);
    const answer = await preview(own(rms));
    expect(answer.source).toBe('live');
    expect(made(answer)).toEqual(payload);
  });

  it('names the block and parameter that does not fit', async () => {
    await nodeRed.deploy(flow(own(rms)));
    const wrong = await ask(own(rms, { ...lowPass, channels: ['x'], cutoffs: [70] }));
    expect(wrong).toMatchObject({
      code: 'RECIPE_INVALID',
      message: expect.stringContaining('"blocks.1.cutoffs') as string,
    });
    expect(await ask({ from: 'model', model: 'gone' })).toMatchObject({ code: 'CONFIG_NODE_MISSING' });
  });

  const types = featuresConfig.ownBlock.options.map((option) => option.shape.type.value);
  it.each(types)('explains a new "%s" as the dialog makes it', async (type) => {
    const block = createBlock(type, 100);
    const answer = await preview(own(block));
    const [explained] = answer.blocks;
    expect(explained?.block).toMatchObject({ type });
    expect((explained?.features.length ?? 0) + (explained?.changed?.length ?? 0)).toBeGreaterThan(0);
    for (const { name, value } of explained?.features ?? []) expect(value, name).not.toBeNull();
  });

  it.each(STARTS.map((start) => [start.name, start] as const))(
    'explains the starting point "%s"',
    async (_, { blocks }) => {
      const answer = await preview(own(...blocks(100)));
      expect(answer.blocks.length).toBeGreaterThan(1);
      expect(Object.values(made(answer)).every((value) => value !== null)).toBe(true);
      for (const rate of [1, 0.1, 16_000])
        expect(() => featuresConfig.config.parse(own(...blocks(rate)))).not.toThrow();
    },
  );
});
