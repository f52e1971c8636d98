import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { openDataSets } from '../../../runtime/datasets/index.ts';
import {
  evaluationReport,
  trainersAnswer,
  trainingReport,
  trainingsAnswer,
  trainingState,
} from '../../../runtime/messages/index.ts';
import { type Red, registerNodes } from '../../../runtime/node-red/index.ts';
import { type EmbeddedNodeRed, startNodeRed, until } from '../../support/node-red.ts';
import { table } from '../services/learning/support.ts';

let nodeRed: EmbeddedNodeRed;

beforeAll(async () => {
  nodeRed = await startNodeRed({
    register: (red: Red) => registerNodes(red, [], { models: [], recordings: [] }),
  });
  const dataSets = openDataSets({ directory: join(nodeRed.directory, 'millrace/data'), clock: systemClock });
  const set = await dataSets.open('iris');
  await set.add(await table('iris'));
  await set.close();
  await dataSets.close();
});
afterAll(() => nodeRed.stop());

const get = (path: string) => fetch(`${nodeRed.url}/millrace/training${path}`);
const post = (path: string, body: unknown) =>
  fetch(`${nodeRed.url}/millrace/training${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

it('trains, tells how it goes, keeps the report and measures the model', async () => {
  const { trainers } = trainersAnswer.parse(await (await get('/trainers')).json());
  expect(trainers.map(({ name }) => name)).toContain('logistic-regression');
  const choices = { trainer: 'logistic-regression' };
  const begun = await post('/train', { dataSet: 'iris', model: 'flower', choices, alias: 'production' });
  const { id } = trainingState.parse(await begun.json());
  const ended = await until(async () => {
    const { trainings } = trainingsAnswer.parse(await (await get('')).json());
    return trainings.find((each) => each.id === id && each.state !== 'waiting' && each.state !== 'running');
  }, 'the end of the training');
  expect(ended).toMatchObject({ state: 'done', model: 'flower', node: '' });
  const report = trainingReport.parse(await (await get('/report?model=flower@production')).json());
  expect(report).toEqual(ended.report);
  const evaluated = await post('/evaluate', { model: 'flower', dataSet: 'iris' });
  expect(evaluationReport.parse(await evaluated.json()).evaluation.rows).toBe(36);
  expect((await post('/cancel', { id })).status).toBe(200);
});

it('refuses what cannot be, with a code', async () => {
  const code = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
  expect(await code(await post('/train', { dataSet: 'nowhere', model: 'm' }))).toEqual([400, 'DATA_SET_NOT_FOUND']);
  expect(await code(await post('/train', { model: 'm' }))).toEqual([400, 'REQUEST_INVALID']);
  expect(await code(await post('/cancel', { id: 'nothing' }))).toEqual([400, 'TRAINING_NOT_FOUND']);
  expect(await code(await get('/report?model=nothing'))).toEqual([400, 'MODEL_NOT_FOUND']);
});
