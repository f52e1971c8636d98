import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as evaluateConfig from '../../nodes/evaluate/config.ts';
import evaluate from '../../nodes/evaluate/node.ts';
import * as modelConfig from '../../nodes/model/config.ts';
import model from '../../nodes/model/node.ts';
import * as trainConfig from '../../nodes/train/config.ts';
import train from '../../nodes/train/node.ts';
import { chooseDataSet } from '../../nodes/train/targets.ts';
import { systemClock } from '../../runtime/base/index.ts';
import type { DataSetRow, View } from '../../runtime/messages/index.ts';
import type { Host, Red } from '../../runtime/node-red/index.ts';
import { adminRoutes } from '../../runtime/node-red/admin/routes.ts';
import { serveTell } from '../../runtime/node-red/admin/tell.ts';
import { createViewHub } from '../../runtime/services/index.ts';
import { twoKinds, type Workplace, workplace } from '../runtime/services/learning/support.ts';
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
const sent: Message[] = [];
const caught: Message[] = [];
let place: Workplace;
let nodeRed: EmbeddedNodeRed;

beforeAll(async () => {
  place = await workplace();
  await place.fill('kinds', twoKinds(80, 4));
  const { learning, models, dataSets } = place;
  const host = { services: { clock: systemClock, views, models, learning, dataSets } } as unknown as Host;
  nodeRed = await startNodeRed({
    register: (red: Red) => {
      serveTell(adminRoutes(red));
      model(red, host, modelConfig.palette);
      train(red, host, trainConfig.palette);
      evaluate(red, host, evaluateConfig.palette);
      registerCollectors(red, { sent, caught });
    },
  });
});
afterAll(async () => {
  await nodeRed.stop();
  await place[Symbol.asyncDispose]();
});
beforeEach(() => {
  for (const list of [sent, caught, shown]) list.length = 0;
});

const at = { z: 'tab', x: 100, y: 100 };
const flow = (node: FlowNode, ...more: FlowNode[]): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'test' },
  { ...at, wires: [['out']], ...node },
  ...more,
  { id: 'out', type: 'collects-sent', ...at, wires: [] },
  { id: 'catch', type: 'catch', ...at, scope: null, wires: [['errors']] },
  { id: 'errors', type: 'collects-caught', ...at, wires: [] },
];
const quick = { trainer: 'logistic-regression', calibrate: 'off' };
const one = async (list: readonly Message[]) => {
  await until(() => (list.length > 0 ? true : undefined), 'a message', 60_000);
  return list[0] as Message;
};
const tell = async (id: string, command: unknown) => {
  const response = await fetch(`${nodeRed.url}/millrace/tell/${id}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(command),
  });
  return { status: response.status, answer: (await response.json()) as Message };
};

describe('train', { timeout: 120_000 }, () => {
  it('learns from the only data set there is, by any message, and sends what came of it', async () => {
    await nodeRed.deploy(flow({ id: 'train', type: 'train', choices: quick }));
    nodeRed.node('train').receive({ payload: 'now', topic: 'night' });
    expect(await one(sent)).toMatchObject({
      topic: 'night',
      payload: { accuracy: expect.any(Number) as number, dataSet: 'kinds', trainer: 'logistic-regression' },
      model: { name: 'my-kinds', version: '1.0.0' },
      report: { task: 'classification' },
    });
    expect((sent[0]?.['payload'] as Message)['words']).toMatch(/% right on .* it had not seen/);
    expect((await place.models.resolve('my-kinds')).manifest.version).toBe('1.0.0');
    // Views are spaced: the last one may come a moment after the message.
    const last = () => shown.findLast((view) => view.kind === 'training');
    await until(() => (last()?.state === 'done' ? true : undefined), 'its view');
    expect(last()).toMatchObject({ state: 'done', version: '1.0.0' });
    expect(caught).toEqual([]);
  });

  it('says after a start how good its model is', async () => {
    await nodeRed.deploy(flow({ id: 'again', type: 'train', choices: quick }));
    await until(() => shown.find(({ kind }) => kind === 'training'), 'its view');
    expect(shown.find(({ kind }) => kind === 'training')).toMatchObject({ state: 'done', version: '1.0.0' });
  });

  it('refuses a second training in clear words, and is cancelled by a message', async () => {
    const slow = { trainer: 'dense-network', seconds: 600, settings: { epochs: 1000 } };
    await place.fill('many', twoKinds(6000, 30));
    await nodeRed.deploy(flow({ id: 'slow', type: 'train', dataSet: 'many', model: 'slow', choices: slow }));
    nodeRed.node('slow').receive({});
    await until(() => shown.find((view) => view.kind === 'training' && view.state === 'running'), 'its begin', 60_000);
    nodeRed.node('slow').receive({ topic: 'second' });
    expect(await one(caught)).toMatchObject({ topic: 'second', error: { code: 'TRAINING_UNDER_WAY' } });
    // A deploy does not end it: the node that comes in place of this one follows it.
    await nodeRed.deploy(
      flow({ id: 'slow', type: 'train', name: 'anew', dataSet: 'many', model: 'slow', choices: slow }),
    );
    expect(place.learning.trainings().find(({ node }) => node === 'slow')?.state).toBe('running');
    nodeRed.node('slow').receive({ train: 'cancel' });
    await until(() => shown.find((view) => view.kind === 'training' && view.state === 'cancelled'), 'its end', 60_000);
    expect(caught).toHaveLength(1);
    expect(sent).toEqual([]);
    expect((await place.models.list()).map(({ name }) => name)).not.toContain('slow');
  });

  it('hands what went wrong to Catch once', async () => {
    await nodeRed.deploy(flow({ id: 'none', type: 'train', dataSet: 'nowhere' }));
    nodeRed.node('none').receive({ topic: 'asked' });
    expect(await one(caught)).toMatchObject({ topic: 'asked', error: { code: 'DATA_SET_NOT_FOUND' } });
    expect(caught).toHaveLength(1);
  });

  it('begins by the button at the node, too', async () => {
    await nodeRed.deploy(flow({ id: 'pressed', type: 'train', dataSet: 'kinds', model: 'pressed', choices: quick }));
    await until(() => shown.find(({ kind }) => kind === 'training'), 'its view');
    expect(await tell('pressed', { train: 'start' })).toMatchObject({ status: 200 });
    expect(await one(sent)).toMatchObject({ model: { name: 'pressed' } });
    expect((await tell('pressed', { train: 'backwards' })).answer).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('takes the data set that was filled last', () => {
    const row = (name: string, examples: number, changed: number, shipped = false) =>
      ({ name, examples, changed, shipped }) as unknown as DataSetRow;
    const rows = [row('old', 5, 1), row('new', 5, 3), row('empty', 0, 4), row('shipped', 5, 5, true)];
    expect([chooseDataSet(rows, ''), chooseDataSet(rows, ' mine ')]).toEqual(['new', 'mine']);
  });
});

const DIGEST = 'd'.repeat(64);
const predicted = (id: string, label: string, truth?: string): Message => ({
  id,
  payload: {
    label,
    confidence: 0.9,
    scores: { well: label === 'well' ? 0.9 : 0.1, worn: label === 'worn' ? 0.9 : 0.1 },
  },
  model: { name: 'pump', version: '1', digest: DIGEST },
  ...(truth !== undefined && { truth }),
});

describe('evaluate', { timeout: 120_000 }, () => {
  it('joins predictions with truths that come along, later or before, and says how many were right', async () => {
    await nodeRed.deploy(flow({ id: 'live', type: 'evaluate', pairs: 4 }));
    await nodeRed.status('live', (text) => text.startsWith('evaluate.status.wa'));
    const give = (message: Message) => nodeRed.node('live').receive(message);
    give(predicted('1', 'well', 'well'));
    give(predicted('2', 'worn'));
    give({ id: '2', truth: 'well' });
    give({ id: '3', truth: 'worn' });
    give(predicted('3', 'worn'));
    expect(sent).toEqual([]);
    give(predicted('4', 'worn', 'worn'));
    expect(await one(sent)).toMatchObject({ id: '4', payload: { accuracy: 0.75, rows: 4 }, model: { name: 'pump' } });
    await until(() => shown.find(({ kind }) => kind === 'evaluation'), 'its view');
    expect(shown.find(({ kind }) => kind === 'evaluation')).toMatchObject({
      rows: 4,
      labels: ['well', 'worn'],
      confusion: [
        [1, 1],
        [0, 2],
      ],
    });
    expect(caught).toEqual([]);
  });

  it('says what cannot be joined, once each, and goes on', async () => {
    await nodeRed.deploy(flow({ id: 'bad', type: 'evaluate', pairs: 1 }));
    nodeRed.node('bad').receive({ truth: 'well' });
    expect(await one(caught)).toMatchObject({ error: { code: 'TRUTH_WITHOUT_ID' } });
    nodeRed.node('bad').receive(predicted('1', 'well', 'well'));
    expect(await one(sent)).toMatchObject({ payload: { accuracy: 1 } });
    expect(caught).toHaveLength(1);
  });

  it('measures a model and a challenger on a data set, with a verdict in words', async () => {
    const made = await place.learning.train({ dataSet: 'kinds', model: 'judged', choices: { ...quick } as never });
    await made.ended;
    await nodeRed.deploy(
      flow(
        { id: 'judge', type: 'evaluate', model: 'first', challenger: 'second', dataSet: 'kinds' },
        { id: 'first', type: 'model', model: 'judged' },
        { id: 'second', type: 'model', model: 'judged' },
      ),
    );
    nodeRed.node('judge').receive({ payload: 'measure', topic: 'monthly' });
    expect(await one(sent)).toMatchObject({
      topic: 'monthly',
      payload: { dataSet: 'kinds', verdict: 'no difference' },
      model: { name: 'judged', version: '1.0.0' },
    });
  });

  it('waits for a model that is not there yet', async () => {
    await nodeRed.deploy(
      flow({ id: 'early', type: 'evaluate', model: 'later' }, { id: 'later', type: 'model', model: 'not-yet' }),
    );
    await nodeRed.status('early', (text) => text.startsWith('evaluate.status.no'));
    nodeRed.node('early').receive({ payload: 'measure' });
    await nodeRed.deploy(flow({ id: 'early', type: 'evaluate', name: 'anew' }));
    expect([sent, caught]).toEqual([[], []]);
  });
});
