import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as config from '../../nodes/collect/config.ts';
import collect from '../../nodes/collect/node.ts';
import * as featuresConfig from '../../nodes/features/config.ts';
import features from '../../nodes/features/node.ts';
import { systemClock } from '../../runtime/base/index.ts';
import { type DataSets, openDataSets } from '../../runtime/datasets/index.ts';
import type { View } from '../../runtime/messages/index.ts';
import { adminRoutes } from '../../runtime/node-red/admin/routes.ts';
import { serveTell } from '../../runtime/node-red/admin/tell.ts';
import type { Host, Red } from '../../runtime/node-red/index.ts';
import { createViewHub } from '../../runtime/services/index.ts';
import { recipeDigest, signal } from '../../runtime/signal/index.ts';
import { type EmbeddedNodeRed, type Message, registerCollectors, startNodeRed, until } from '../support/node-red.ts';
import { flowOf, shown } from '../support/recordings.ts';

let directory: string;
let dataSets: DataSets;
let nodeRed: EmbeddedNodeRed;
const views = createViewHub();
const sent: Message[] = [];
const caught: Message[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-collect-'));
  dataSets = openDataSets({ directory, clock: systemClock });
  const host = { services: { clock: systemClock, views, dataSets, signal } } as unknown as Host;
  nodeRed = await startNodeRed({
    register: (red: Red) => {
      serveTell(adminRoutes(red));
      collect(red, host, config.palette);
      features(red, host, featuresConfig.palette);
      registerCollectors(red, { sent, caught });
    },
  });
});
afterAll(async () => {
  await nodeRed.stop();
  await dataSets.close();
  await rm(directory, { recursive: true });
});
beforeEach(async () => {
  await nodeRed.deploy([{ id: 'tab', type: 'tab', label: 'empty' }]);
  sent.length = caught.length = 0;
});

const deploy = (settings: Message = {}) => nodeRed.deploy(flowOf({ id: 'collect', type: 'collect', ...settings }));
const send = (...messages: Message[]) => {
  for (const message of messages) nodeRed.node('collect').receive(message);
};
const arrived = (count: number) => until(() => sent.length >= count || undefined, `${count} messages`);
/** What the data set holds once the flow is stopped. */
const kept = async (name: string) => {
  await nodeRed.deploy([{ id: 'tab', type: 'tab', label: 'empty' }]);
  const dataSet = await dataSets.find(name);
  const examples = (await dataSet.page({ limit: 500 })).examples.toSorted((a, b) => a.id - b.id);
  const values = await Promise.all(examples.map(async ({ id }) => (await dataSet.example(id)).values));
  const summary = await dataSet.summary();
  await dataSet.close();
  return { examples, values, summary };
};
const latest = () =>
  views
    .snapshot()
    .filter((view): view is View & { kind: 'collect' } => view.kind === 'collect')
    .at(-1);
const tell = async (command: unknown) => {
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(command) };
  return (await fetch(`${nodeRed.url}/millrace/tell/collect`, init)).json() as Promise<unknown>;
};

describe('the collect node', () => {
  it('dragged into a wire passes every message on, and keeps those for which a label is held', async () => {
    await deploy();
    send({ payload: { x: 1 }, topic: 'a' }, { collect: 'worn' }, { payload: { x: 2 } }, { payload: { x: 3 } });
    await nodeRed.status('collect', (text) => text === shown('collect.status.recording'));
    send({ collect: false }, { payload: { x: 4 } });
    await arrived(4);
    expect(sent.map(({ payload }) => payload)).toEqual([{ x: 1 }, { x: 2 }, { x: 3 }, { x: 4 }]);
    expect(sent[0]).toMatchObject({ topic: 'a' });
    const { examples, values } = await kept('examples');
    expect(examples.map(({ label }) => label)).toEqual(['worn', 'worn']);
    expect(values.map(([x]) => x?.values)).toEqual([[2], [3]]);
    expect(new Set(examples.map(({ group }) => group)).size).toBe(1);
  });

  it('records what a button of the editor holds, and shows it as it fills up', async () => {
    await deploy({ dataSet: 'held', labels: [{ label: 'normal' }, { label: 'worn' }] });
    expect(await tell({ label: 'worn' })).toEqual({});
    send({ payload: { x: 1 } }, { payload: { x: 2 } });
    const view = await until(() => {
      const view = latest();
      return view?.labels[1]?.examples === 2 ? view : undefined;
    }, 'the view');
    expect(view).toMatchObject({
      dataSet: 'held',
      recording: 'worn',
      buttons: true,
      labels: [{ label: 'normal' }, {}],
    });
    await tell({ label: null });
    await until(() => (latest()?.recording === null ? true : undefined), 'the end');
    send({ payload: { x: 3 } });
    await arrived(3);
    expect((await kept('held')).examples).toHaveLength(2);
    await deploy();
    expect(await tell({ label: {} })).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('takes labels from the messages: classes, values, and none', async () => {
    await deploy({ dataSet: 'told', from: 'message', labelProperty: 'truth.state' });
    const labelled = (x: number, state?: unknown) => ({ payload: { x }, truth: { state } });
    send(labelled(1, 'worn '), labelled(2), labelled(3, 'normal'), labelled(4, {}));
    await arrived(4);
    await until(() => caught[0], 'the error');
    expect(caught).toHaveLength(1);
    expect(caught[0]).toMatchObject({ error: { message: expect.stringContaining('EXAMPLE_LABEL_INVALID') as string } });
    expect((await kept('told')).examples.map(({ label }) => label)).toEqual(['worn', 'normal']);
  });

  it('gives every message one label where that is all that is known', async () => {
    await deploy({ dataSet: 'always', from: 'always', always: 'normal', property: 'payload.now' });
    send(
      { payload: { now: 5 } },
      { collect: 'stop' },
      { payload: { now: 6 } },
      { collect: true },
      { payload: { now: 7 } },
    );
    await arrived(3);
    const { examples, values } = await kept('always');
    expect(values.map(([value]) => value)).toEqual([
      { name: 'value', values: [5] },
      { name: 'value', values: [7] },
    ]);
    expect(new Set(examples.map(({ group }) => group)).size).toBe(2);
  });

  it('keeps windows, and of features the recipe that made them', async () => {
    const blocks = [{ type: 'statistics', channels: [], measures: ['rms'], detrend: 'none' }];
    await nodeRed.deploy(
      flowOf(
        { id: 'features', type: 'features', from: 'own', blocks, wires: [['collect']] },
        { id: 'collect', type: 'collect', dataSet: 'made', from: 'always', wires: [['out']] },
      ),
    );
    const data = Float32Array.of(1, -1, 1, -1);
    nodeRed
      .node('features')
      .receive({ payload: { channels: ['x'], rate: 4, start: 0, data, shape: [4, 1] }, time: 750 });
    await arrived(1);
    const { examples, summary } = await kept('made');
    expect(examples[0]).toMatchObject({ time: 750, label: 'normal' });
    expect(summary).toMatchObject({ kind: 'features', columns: ['rms_x'], recipe: sent[0]?.['recipe'] });
    const { recipe: text } = await (await dataSets.find('made')).load();
    expect(recipeDigest(JSON.parse(text ?? '') as never)).toBe(sent[0]?.['recipe']);

    await deploy({ dataSet: 'windows', from: 'always' });
    send({ payload: { channels: ['x'], rate: 4, start: 0, data, shape: [4, 1] } });
    await arrived(2);
    expect((await kept('windows')).summary).toMatchObject({ kind: 'window', window: { rate: 4, samples: 4 } });
  });

  it('leaves out what is no example or is another than the rest, says so, and keeps the rest', async () => {
    await deploy({ dataSet: 'odd', from: 'always' });
    send(
      { payload: { x: 1 } },
      { payload: 'text' },
      { payload: { x: NaN } },
      { payload: { y: 1 } },
      { payload: { x: 2 } },
    );
    await arrived(5);
    const codes = () => caught.map(({ error }) => /^[A-Z_]+/.exec((error as { message: string }).message)?.[0]);
    await until(() => (caught.length >= 3 ? true : undefined), 'the errors');
    expect(codes().sort()).toEqual(['EXAMPLE_INVALID', 'EXAMPLE_INVALID', 'EXAMPLE_SHAPE_DIFFERS']);
    const refused = await until(() => {
      const { refused = [] } = latest() ?? {};
      return refused.reduce((sum, { count }) => sum + count, 0) === 3 ? refused : undefined;
    }, 'the counts');
    expect(refused).toEqual([
      { what: 'not an example', count: 2 },
      { what: 'another shape', count: 1 },
    ]);
    expect((await kept('odd')).values.map(([x]) => x?.values)).toEqual([[1], [2]]);
  });

  it('stops at its bound, and says so', async () => {
    await deploy({ dataSet: 'bounded', from: 'always', most: 3 });
    send(...Array.from({ length: 5 }, (_, x) => ({ payload: { x } })));
    await nodeRed.status('collect', (text) => text === shown('collect.status.full'));
    expect((await kept('bounded')).examples).toHaveLength(3);
  });

  it('loses nothing when the flow is stopped in the middle of a stream', async () => {
    await deploy({ dataSet: 'stopped', from: 'always' });
    send(...Array.from({ length: 500 }, (_, x) => ({ payload: { x } })));
    await arrived(500);
    expect((await kept('stopped')).summary.examples).toBe(500);
  });

  it('begins anew where somebody has deleted the data set that it fills', async () => {
    await deploy({ dataSet: 'deleted', from: 'always' });
    send({ payload: { x: 1 } });
    await until(async () => {
      const row = (await dataSets.list()).find(({ name }) => name === 'deleted');
      return row?.examples === 1 ? true : undefined;
    }, 'the first');
    await dataSets.remove('deleted');
    await until(() => (latest()?.labels[0]?.examples === 0 ? true : undefined), 'the empty data set');
    send({ payload: { y: 2 } });
    await arrived(2);
    expect((await kept('deleted')).values).toEqual([[{ name: 'y', values: [2] }]]);
  });

  it('passes messages on where its data set cannot be', async () => {
    await deploy({ dataSet: 'no/folder', from: 'always' });
    await until(() => caught[0], 'the error');
    expect(caught[0]).toMatchObject({ error: { message: expect.stringContaining('DATA_SET_NAME_INVALID') as string } });
    send({ payload: { x: 1 } });
    await arrived(1);
  });
});
