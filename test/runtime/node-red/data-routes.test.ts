import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  dataSetsAnswer,
  exampleMap,
  examplesAnswer,
  exampleView,
  findingsAnswer,
  importDataAnswer,
} from '../../../runtime/messages/index.ts';
import { type Red, registerNodes } from '../../../runtime/node-red/index.ts';
import { type EmbeddedNodeRed, startNodeRed } from '../../support/node-red.ts';

let nodeRed: EmbeddedNodeRed;
beforeAll(async () => {
  nodeRed = await startNodeRed({
    register: (red: Red) => registerNodes(red, [], { models: [], recordings: [] }),
  });
});
afterAll(() => nodeRed.stop());

const fetchFrom = (path: string, init?: RequestInit) => fetch(`${nodeRed.url}/millrace/data${path}`, init);
const ask = async (path: string): Promise<unknown> => (await fetchFrom(path)).json();
const post = async (path: string, body: unknown): Promise<unknown> =>
  (
    await fetchFrom(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  ).json();
const send = async (query: Record<string, string>, body: string): Promise<unknown> =>
  (
    await fetchFrom(`/import?${new URLSearchParams(query).toString()}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body,
    })
  ).json();

const rows = Array.from(
  { length: 60 },
  (_, row) => `${row % 7},${(row * 13) % 11},${row % 2 === 0 ? 'on' : 'off '},g${row % 6}`,
);
const csv = `x,y,label,group\n${rows.join('\n')}\n`;

describe('data sets on the admin API', () => {
  it('are made of a file that is sent, and the file is not kept', async () => {
    const answer = importDataAnswer.parse(await send({ name: 'pump', file: 'pump.csv' }, csv));
    expect(answer).toEqual({ name: 'pump', added: 60, refused: 0, problems: [] });
    const { dataSets } = dataSetsAnswer.parse(await ask(''));
    expect(dataSets).toMatchObject([{ name: 'pump', kind: 'features', columns: ['x', 'y'], examples: 60, groups: 6 }]);
    const directory = join(nodeRed.directory, 'millrace', 'data', '.incoming');
    expect(await readdir(directory)).toEqual([]);
  });

  it('are looked at a page at a time, by label and by group, and example by example', async () => {
    const page = examplesAnswer.parse(await ask('/examples?name=pump&label=on&limit=10'));
    expect(page).toMatchObject({ total: 30 });
    expect(page.examples).toHaveLength(10);
    expect(examplesAnswer.parse(await ask('/examples?name=pump&label=')).total).toBe(0);
    expect(examplesAnswer.parse(await ask('/examples?name=pump&group=g1')).total).toBe(10);
    expect(exampleView.parse(await ask('/example?name=pump&id=1'))).toMatchObject({
      ...{ id: 1, label: 'on', group: 'g0' },
      values: [
        { name: 'x', values: [0] },
        { name: 'y', values: [0] },
      ],
    });
    expect(await ask('/example?name=pump&id=999')).toMatchObject({ code: 'EXAMPLE_NOT_FOUND' });
  });

  it('are relabelled, thinned out and frozen, and say what should be known of them', async () => {
    expect(await post('/relabel', { name: 'pump', choice: { label: 'off' }, label: 'Off' })).toEqual({ changed: 30 });
    expect(await post('/relabel', { name: 'pump', choice: { ids: [2, 4] }, label: 'off' })).toEqual({ changed: 2 });
    const { findings } = findingsAnswer.parse(await ask('/findings?name=pump'));
    const similar = findings.find(({ code }) => code === 'SIMILAR_LABELS');
    expect(similar?.relabel).toEqual({ from: ['off'], to: 'Off' });
    expect(await post('/freeze', { name: 'pump', note: 'before' })).toMatchObject({ examples: 60, note: 'before' });
    expect(await post('/examples/remove', { name: 'pump', choice: { group: 'g1' } })).toEqual({ removed: 10 });
    expect(exampleMap.parse(await ask('/map?name=pump')).points).toHaveLength(50);
  });

  it('are sent as a file', async () => {
    const answer = await fetchFrom('/export?name=pump&format=csv');
    expect(answer.headers.get('content-disposition')).toContain('pump.csv');
    const text = await answer.text();
    expect(text.split('\n')).toHaveLength(52);
    expect(importDataAnswer.parse(await send({ name: 'again', file: 'pump.csv' }, text)).added).toBe(50);
  });

  it('refuse in words what cannot be done', async () => {
    expect(await ask('/examples?name=nothing')).toMatchObject({ code: 'DATA_SET_NOT_FOUND' });
    expect(await post('/relabel', { name: 'pump' })).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await send({ name: '../x', file: 'x.csv' }, csv)).toMatchObject({ code: 'DATA_SET_NAME_INVALID' });
    expect(await send({ name: 'text', file: 'x.csv' }, 'nothing here')).toMatchObject({ code: 'DATA_IMPORT_COLUMN' });
    expect(await post('/versions/remove', { name: 'pump', version: 'abc' })).toMatchObject({
      code: 'DATA_VERSION_NOT_FOUND',
    });
  });

  it('are removed', async () => {
    await post('/remove', { name: 'pump' });
    await post('/remove', { name: 'again' });
    expect(await ask('')).toEqual({ dataSets: [] });
  });
});
