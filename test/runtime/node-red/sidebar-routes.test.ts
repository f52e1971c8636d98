import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Red, registerNodes } from '../../../runtime/node-red/index.ts';
import { type EmbeddedNodeRed, startNodeRed, until } from '../../support/node-red.ts';

type Json = Record<string, unknown>;
let nodeRed: EmbeddedNodeRed;

const start = (settings: Json = {}) =>
  startNodeRed({
    register: (red: Red) => registerNodes(red, [], { models: [], recordings: [] }),
    settings,
  });

beforeAll(async () => {
  nodeRed = await start();
  await nodeRed.deploy([
    { id: 'tab', type: 'tab', label: 'tab' },
    {
      id: 'tick',
      type: 'inject',
      z: 'tab',
      x: 1,
      y: 1,
      name: 'tick',
      props: [],
      repeat: '',
      crontab: '',
      once: false,
      wires: [['add']],
    },
    {
      id: 'add',
      type: 'function',
      z: 'tab',
      x: 1,
      y: 1,
      name: 'add / one',
      func: 'return [{payload: msg.payload + 1}, msg]',
      outputs: 2,
      wires: [['end', 'end'], ['end']],
    },
    { id: 'end', type: 'debug', z: 'tab', x: 1, y: 1, name: '', active: false, wires: [] },
  ]);
});
afterAll(() => nodeRed.stop());

const ask = async (path: string): Promise<Json> =>
  (await (await fetch(`${nodeRed.url}/millrace/${path}`)).json()) as Json;
const post = async (path: string, body: unknown): Promise<Json> => {
  const answer = await fetch(`${nodeRed.url}/millrace/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Json;
};
const lines = async (recording: string) =>
  (await (await fetch(`${nodeRed.url}/millrace/recordings/${encodeURIComponent(recording)}/file`)).text())
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => (JSON.parse(line) as { message: Json }).message['payload']);

describe('recordings from the sidebar', () => {
  it('take what a core node sends at one output, once however many wires it has', async () => {
    const running = await post('recordings', { node: 'add' });
    nodeRed.node('add').receive({ payload: 1 });
    nodeRed.node('add').receive({ payload: 2 });
    await until(async () => ((await ask('recordings'))['running'] as Json[])[0]?.['messages'] === 2, 'two messages');
    await post('recordings/stop', { id: running['id'] });
    const { running: left, recordings } = await ask('recordings');
    expect(left).toEqual([]);
    expect(recordings).toMatchObject([{ title: 'add one', format: 'jsonl', open: false }]);
    expect(await lines(String(running['recording']))).toEqual([2, 3]);
  });

  it('take what reaches a node without outputs, and end by themselves', async () => {
    const running = await post('recordings', { node: 'end', seconds: 0.4, name: 'what ends' });
    nodeRed.node('add').receive({ payload: 10 });
    await until(async () => ((await ask('recordings'))['running'] as Json[]).length === 0, 'the end');
    expect((await lines(String(running['recording']))).sort()).toEqual([10, 11, 11]);
    await post('recordings/remove', { name: running['recording'] });
    const { recordings } = await ask('recordings');
    expect((recordings as Json[]).some(({ title }) => title === 'what ends')).toBe(false);
  });

  it('say what they cannot record', async () => {
    expect(await post('recordings', { node: 'gone' })).toMatchObject({ code: 'NODE_NOT_RUNNING' });
    expect(await post('recordings', { node: 'add', output: 0 })).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await post('recordings/remove', { name: '../flows' })).toMatchObject({ code: 'RECORDING_MISSING' });
    const outside = await fetch(`${nodeRed.url}/millrace/recordings/${encodeURIComponent('../../flows.json')}/file`);
    expect(outside.status).toBe(400);
  });
});

describe('tests from the sidebar', () => {
  const test = {
    format: 1,
    name: 'adds one',
    play: [{ node: 'tick', recording: 'in.jsonl' }],
    expect: [{ node: 'add', is: 2 }],
  };

  it('are kept with their recordings, listed, and removed', async () => {
    const running = await post('recordings', { node: 'add', name: 'for a test' });
    nodeRed.node('add').receive({ payload: 1 });
    await until(async () => ((await ask('recordings'))['running'] as Json[])[0]?.['messages'] === 1, 'a message');
    await post('recordings/stop', { id: running['id'] });
    expect(await post('tests', { name: 'adds', test, recordings: { 'in.jsonl': running['recording'] } })).toEqual({});
    expect(await ask('tests')).toMatchObject({
      flow: 'flows',
      tests: [{ name: 'adds', owner: 'user', test: { name: 'adds one' } }],
      recordings: ['in.jsonl'],
    });
    const folder = join(nodeRed.directory, 'tests/flows');
    expect(await readFile(join(folder, 'in.jsonl'), 'utf8')).toContain('"payload":2');
    // As somebody would have written it: defaults that were not said stay unsaid.
    expect(JSON.parse(await readFile(join(folder, 'adds.json'), 'utf8'))).toEqual(test);
    await writeFile(join(folder, 'broken.json'), '{"format": 1,');
    const { tests } = await ask('tests');
    expect((tests as Json[]).find(({ name }) => name === 'broken')).toMatchObject({
      problem: { code: 'TEST_NOT_JSON' },
    });
    await post('tests/remove', { name: 'adds' });
    await post('tests/remove', { name: 'broken' });
    expect((await ask('tests'))['tests']).toEqual([]);
  });

  it('stay in their folder', async () => {
    await mkdir(join(nodeRed.directory, 'tests'), { recursive: true });
    expect(await post('tests', { name: '../../flows', test })).toMatchObject({ code: 'TEST_NAME_UNFIT' });
    expect(await post('tests', { name: 'x', test: { ...test, expect: [] } })).toMatchObject({
      code: 'TEST_INVALID',
    });
    expect(await post('tests/remove', { name: '../settings' })).toMatchObject({ code: 'TEST_MISSING' });
    const recording = ((await ask('recordings'))['recordings'] as Json[])[0]?.['name'];
    expect(recording).toBeDefined();
    for (const file of ['../../flows.jsonl', '/etc/x.jsonl', 'x.json']) {
      expect(await post('tests', { name: 'x', test, recordings: { [file]: recording } }), file).toMatchObject({
        code: 'TEST_NAME_UNFIT',
      });
    }
    expect((await ask('tests'))['tests']).toEqual([]);
  });

  it('say what to install where there is nothing to run them with', async () => {
    const answer = await fetch(`${nodeRed.url}/millrace/tests/run`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect(answer.headers.get('Content-Type')).toContain('ndjson');
    const [line, ...others] = (await answer.text()).trim().split('\n');
    expect(others).toEqual([]);
    expect(JSON.parse(line ?? '')).toMatchObject({
      ...{ kind: 'error', code: 'SUITE_RUNNER_MISSING' },
      hint: expect.stringContaining('npm install millrace-studio') as string,
    });
  });
});

describe('with a password', () => {
  it('whoever may only read sees what there is, and changes and runs nothing', async () => {
    await nodeRed.stop();
    nodeRed = await start({
      adminAuth: {
        ...{ type: 'credentials', users: [] },
        tokens: (token: string) => Promise.resolve(token === 'reader' ? { username: 'r', permissions: 'read' } : null),
      },
    });
    const headers = { Authorization: 'Bearer reader', 'Content-Type': 'application/json' };
    for (const path of ['recordings', 'tests']) {
      expect((await fetch(`${nodeRed.url}/millrace/${path}`, { headers })).status, path).toBe(200);
    }
    for (const path of ['recordings', 'recordings/stop', 'recordings/remove', 'tests', 'tests/remove', 'tests/run']) {
      const answer = await fetch(`${nodeRed.url}/millrace/${path}`, { method: 'POST', headers, body: '{}' });
      expect(answer.status, path).toBe(401);
    }
  });

  it('nobody who has not signed in may list, record or run', async () => {
    await nodeRed.stop();
    nodeRed = await start({
      adminAuth: { type: 'credentials', users: [{ username: 'a', password: 'no hash', permissions: '*' }] },
    });
    for (const path of ['recordings', 'tests', 'recordings/x/file']) {
      expect((await fetch(`${nodeRed.url}/millrace/${path}`)).status, path).toBe(401);
    }
    for (const path of ['recordings', 'recordings/stop', 'recordings/remove', 'tests', 'tests/remove', 'tests/run']) {
      expect((await fetch(`${nodeRed.url}/millrace/${path}`, { method: 'POST' })).status, path).toBe(401);
    }
  });
});
