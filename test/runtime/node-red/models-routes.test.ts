import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Red, registerNodes } from '../../../runtime/node-red/index.ts';
import { build, type OnnxModel, readOnnx, writeOnnx } from '../../../runtime/onnx-format/index.ts';
import { type EmbeddedNodeRed, startNodeRed } from '../../support/node-red.ts';
import { forestWithZipMap, regressor } from '../models/import/sample-models.ts';

type Json = Record<string, unknown>;
let nodeRed: EmbeddedNodeRed;

const start = (settings: Json = {}) =>
  startNodeRed({ register: (red: Red) => registerNodes(red, [], { models: [], recordings: [] }), settings });

beforeAll(async () => {
  nodeRed = await start();
});
afterAll(() => nodeRed.stop());

const get = (path: string) => fetch(`${nodeRed.url}/millrace/${path}`);
const ask = async (path: string): Promise<Json> => (await (await get(path)).json()) as Json;
const post = async (path: string, body: unknown): Promise<Json> => {
  const raw = body instanceof Uint8Array;
  const answer = await fetch(`${nodeRed.url}/millrace/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': raw ? 'application/octet-stream' : 'application/json' },
    body: raw ? Buffer.from(body) : JSON.stringify(body),
  });
  return (await answer.json()) as Json;
};
const rows = async () => (await ask('models'))['models'] as { name: string; versions: Json[] }[];

/** W · x, with W in another file. */
function withWeightsElsewhere(): OnnxModel {
  const weights = {
    ...build.floatTensor('W', [2, 1], []),
    raw: new Uint8Array(0),
    dataLocation: 1,
    external: [{ key: 'location', value: 'weights.bin' }],
  };
  return build.model({
    name: 'net',
    nodes: [build.node('MatMul', ['x', 'W'], ['y'])],
    initializers: [weights],
    inputs: [build.value('x', 'float32', ['rows', 2])],
    outputs: [build.value('y', 'float32', ['rows', 1])],
  });
}

describe('models from the editor', () => {
  it('are looked at, named and imported, then listed with their card', async () => {
    const { upload, file, proposal } = await post(
      'models/inspect?file=Belt%20Wear.onnx',
      writeOnnx(forestWithZipMap([0n, 1n, 2n])),
    );
    expect(file).toBe('Belt Wear.onnx');
    expect(proposal).toMatchObject({ name: 'belt-wear', task: 'classification', labels: ['0', '1', '2'] });
    const choices = { labels: ['runs well', 'worn', 'torn'], alias: 'production', note: 'from the lab' };
    const { proposal: again } = await post('models/preview', { upload, choices });
    expect(again).toMatchObject({
      labels: choices.labels,
      sample: { prediction: { scores: { torn: expect.any(Number) as number } } },
    });
    expect(await post('models/import', { upload, choices })).toEqual({ name: 'belt-wear', version: '1.0.0' });
    expect(await rows()).toMatchObject([
      { name: 'belt-wear', versions: [{ version: '1.0.0', aliases: ['production'], note: 'from the lab' }] },
    ]);
    expect(await ask('models/card?name=belt-wear&version=1.0.0')).toMatchObject({
      ...{ name: 'belt-wear', labels: choices.labels },
      inputs: [{ kind: 'features', words: expect.stringContaining('3 numbers') as string }],
    });
    // What was imported is not held any more.
    expect(await post('models/preview', { upload })).toMatchObject({ code: 'MODEL_UPLOAD_GONE' });
  });

  it('answer a try, and say what is wrong with one', async () => {
    const input = { f0: 9, f1: 0, f2: 0 };
    const answer = await post('models/try', { model: 'belt-wear@production', input });
    expect(answer).toMatchObject({
      prediction: { label: 'worn', confidence: 0.75 },
      explanation: { of: 'worn', contributions: [{ feature: 'f0', value: 9 }, {}, {}] },
    });
    expect(answer['latencyMs']).toBeGreaterThan(0);
    expect(await post('models/try', { model: 'belt-wear', input: { f0: 9 } })).toMatchObject({
      code: 'MODEL_INPUT_MISMATCH',
    });
    expect(await post('models/try', { model: 'nothing', input })).toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });

  it('are handed out as a file that is the model', async () => {
    const answer = await get('models/file?name=belt-wear&version=1.0.0');
    expect(answer.headers.get('Content-Disposition')).toContain('belt-wear-1.0.0.onnx');
    expect(readOnnx(new Uint8Array(await answer.arrayBuffer())).graph.inputs[0]?.name).toBe('X');
  });

  it('move their aliases, take notes, and are removed once nothing leads to them', async () => {
    const { upload } = await post('models/inspect?file=belt-wear.onnx', writeOnnx(regressor()));
    expect(await post('models/import', { upload })).toEqual({ name: 'belt-wear', version: '1.0.1' });
    await post('models/alias', { name: 'belt-wear', alias: 'production', version: '1.0.1' });
    await post('models/note', { name: 'belt-wear', version: '1.0.0', note: 'the old one' });
    const [row] = await rows();
    expect(row?.versions).toMatchObject([
      { version: '1.0.1', aliases: ['production'] },
      { version: '1.0.0', aliases: [], note: 'the old one' },
    ]);
    expect(await post('models/remove', { name: 'belt-wear', version: '1.0.1' })).toMatchObject({
      code: 'VERSION_ALIASED',
    });
    await post('models/alias', { name: 'belt-wear', alias: 'production' });
    expect(await post('models/remove', { name: 'belt-wear', version: '1.0.1' })).toEqual({});
    expect((await rows())[0]?.versions).toHaveLength(1);
  });

  it('ask for the files in which they keep their numbers, and take them', async () => {
    const first = await post('models/inspect?file=net.onnx', writeOnnx(withWeightsElsewhere()));
    expect(first).toMatchObject({ missing: ['weights.bin'] });
    expect(first['proposal']).toBeUndefined();
    const weights = new Uint8Array(new Float32Array([2, 3]).buffer);
    const whole = await post(`models/inspect?file=weights.bin&upload=${String(first['upload'])}`, weights);
    expect(whole).toMatchObject({ missing: [], proposal: { task: 'regression' } });
    expect(await post('models/import', { upload: first['upload'] })).toMatchObject({ name: 'net' });
    const { prediction } = await post('models/try', { model: 'net', input: [10, 100] });
    expect(prediction).toEqual({ value: 320 });
  });

  it('that are no models are refused, and not held', async () => {
    const answer = await post('models/inspect?file=notes.onnx', new TextEncoder().encode('no model'));
    expect(answer).toMatchObject({
      code: expect.stringMatching(/^ONNX_/) as string,
      hint: expect.any(String) as string,
    });
    expect(await post('models/inspect', new Uint8Array(4))).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await post('models/import', { upload: 'none' })).toMatchObject({ code: 'MODEL_UPLOAD_GONE' });
  });

  it('are held few at a time: the oldest makes room', async () => {
    const uploads: unknown[] = [];
    for (let n = 0; n < 5; n++) {
      uploads.push((await post(`models/inspect?file=m${n}.onnx`, writeOnnx(regressor())))['upload']);
    }
    expect(await post('models/preview', { upload: uploads[0] })).toMatchObject({ code: 'MODEL_UPLOAD_GONE' });
    expect(await post('models/preview', { upload: uploads[4] })).toMatchObject({ proposal: { name: 'm4' } });
  });
});

describe('models with a password', () => {
  const changing = [
    'inspect?file=x',
    'preview',
    'import',
    'alias',
    'note',
    'remove',
    'try',
    'try-file?name=x&version=1',
  ];

  it('are seen by whoever may read, and changed and asked by nobody else', async () => {
    await nodeRed.stop();
    nodeRed = await start({
      adminAuth: {
        ...{ type: 'credentials', users: [] },
        tokens: (token: string) => Promise.resolve(token === 'reader' ? { username: 'r', permissions: 'read' } : null),
      },
    });
    const headers = { Authorization: 'Bearer reader', 'Content-Type': 'application/json' };
    expect((await fetch(`${nodeRed.url}/millrace/models`, { headers })).status).toBe(200);
    for (const path of changing) {
      const answer = await fetch(`${nodeRed.url}/millrace/models/${path}`, { method: 'POST', headers, body: '{}' });
      expect(answer.status, path).toBe(401);
    }
    for (const path of ['', '/card?name=x&version=1', '/file?name=x&version=1']) {
      expect((await get(`models${path}`)).status, path).toBe(401);
    }
  });
});
