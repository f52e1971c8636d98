/** What people get wrong, all of it at once in one flow: each is told once, clearly, and the rest goes on. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connect } from 'mqtt';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemView, View } from '../../runtime/messages/index.ts';
import { type FlowNode, until } from '../support/node-red.ts';
import { freePort, occupy, startStudio, type Studio } from '../support/studio.ts';

const at = { x: 100, y: 100 };
const on = (id: string, type: string, more: object = {}): FlowNode => ({
  id,
  type,
  ...at,
  z: 'tab',
  wires: [],
  ...more,
});

/** A function node, and a list in the flow's memory to which it adds what `value` gives of a message. */
const keep = (list: string, value: string) =>
  on(`keep-${list}`, 'function', {
    outputs: 0,
    func: `const all = flow.get('${list}') ?? []; all.push(${value}); flow.set('${list}', all);`,
  });

/** POST `path` sends the body, as a message, to a node, and answers at once. */
const post = (path: string, to: string) => [
  on(`post-${path}`, 'http in', { url: `/${path}`, method: 'post', wires: [[`unpack-${path}`]] }),
  on(`unpack-${path}`, 'function', {
    ...{ outputs: 2, func: 'return [msg.payload, { req: msg.req, res: msg.res, payload: {} }];' },
    wires: [[to], [`answer-${path}`]],
  }),
  on(`answer-${path}`, 'http response'),
];

/** GET `/seen` tells all lists. */
const seenRoute = [
  on('get-seen', 'http in', { url: '/seen', method: 'get', wires: [['tell-seen']] }),
  on('tell-seen', 'function', {
    ...{ outputs: 1, wires: [['answer-seen']] },
    func: `msg.payload = Object.fromEntries(flow.keys().map((key) => [key, flow.get(key)])); return msg;`,
  }),
  on('answer-seen', 'http response'),
];

/** The whole way from the board to the cloud, in the same tab as what is wrong. */
const pipeline = (port: number) => [
  on('pins', 'pins', { wires: [['window']] }),
  on('window', 'window', { wires: [['features']] }),
  on('features', 'features', { wires: [['infer']] }),
  on('infer', 'infer', { wires: [['keep-predictions', 'upload']] }),
  on('upload', 'upload', { target: 'cloud' }),
  on('taken', 'complete', { scope: ['upload'], wires: [['keep-taken']] }),
  { id: 'cloud', type: 'target', kind: 'built-in', port: String(port) },
  keep('predictions', 'msg.payload.label'),
  keep('taken', 'msg.id'),
];

const watchers = [
  on('catch', 'catch', { scope: null, uncaught: false, wires: [['keep-caught']] }),
  keep('caught', '{ source: msg.error.source.id, code: msg.error.code, message: msg.error.message }'),
  on('status', 'status', { scope: null, wires: [['keep-statuses']] }),
  keep('statuses', '{ source: msg.status.source.id, fill: msg.status.fill, text: msg.status.text }'),
];

const wrong = [
  { id: 'absent', type: 'model', model: 'no-such-model' },
  on('infer-absent', 'infer', { model: 'absent' }),
  { id: 'model-changed', type: 'model', model: 'changed' },
  on('infer-changed', 'infer', { model: 'model-changed' }),
  on('infer-narrow', 'infer'),
  ...post('features', 'infer-narrow'),
  on('sensor-nowhere', 'sensor', { pin: 'A9' }),
  on('led', 'actuator', { name: 'the first LED' }),
  ...post('light', 'led'),
  on('led-again', 'actuator', { name: 'the second LED' }),
  on('led-on-input', 'actuator', { name: 'the third LED', pins: ['A0'] }),
  on('later', 'function', { outputs: 0, func: `setTimeout(() => { throw new Error('late by ' + msg.late); }, 10);` }),
  ...post('later', 'later'),
  on('promise', 'function', { outputs: 0, func: `Promise.reject(new Error('broken promise ' + msg.promise));` }),
  ...post('promise', 'promise'),
  on('unknown', 'no-such-type'),
  on('orphan', 'subflow:gone'),
  ...post('world', 'pins'),
];

/** Readers of the pin that `pins` reads too. */
const sharing = [
  on('slow', 'sensor', { topic: 'slow', period: '1', wires: [['keep-slow']] }),
  on('fast', 'sensor', { topic: 'fast', period: '0.1', wires: [['keep-fast']] }),
  keep('slow', 'msg.time'),
  keep('fast', 'msg.time'),
];

const flow = (port: number): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'Wrong' },
  ...[...pipeline(port), ...watchers, ...wrong, ...sharing, ...seenRoute],
  // Nobody catches here.
  { id: 'bare', type: 'tab', label: 'Nobody catches' },
  on('sensor-bare', 'sensor', { z: 'bare', name: 'uncaught', pin: 'A8' }),
];

interface Seen {
  readonly predictions: string[];
  readonly taken: string[];
  readonly slow: number[];
  readonly fast: number[];
  readonly caught: { source: string; code?: string; message: string }[];
  readonly statuses: { source: string; fill?: string; text?: string }[];
}

/** A package whose model.onnx has one other bit than the one that its model.json vouches for. */
async function addChangedModel(userDir: string): Promise<void> {
  const directory = join(userDir, 'millrace/models/changed');
  await cp(resolve(import.meta.dirname, '../../flows/pump/models/pump-health'), directory, { recursive: true });
  const manifest = join(directory, 'model.json');
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"pump-health"', '"changed"'));
  const onnx = join(directory, 'model.onnx');
  const bytes = await readFile(onnx);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  await writeFile(onnx, bytes);
}

describe('a flow in which much is wrong', () => {
  let userDir: string;
  let studio: Studio;
  let live: Socket;
  let port: number;
  let occupant: Server;
  const views: View[] = [];

  const seen = async (): Promise<Partial<Seen>> => (await (await fetch(`${studio.url}/seen`)).json()) as Partial<Seen>;
  const send = async (path: string, message: object): Promise<void> => {
    const body = JSON.stringify(message);
    await fetch(`${studio.url}/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  };
  const problemOf = (node: string, code: string): ProblemView | undefined =>
    views.filter((view) => view.kind === 'problem').findLast((view) => view.node === node && view.code === code);
  /** The entries of the console with this code and this value. */
  const printed = (code: string, value: string): string[] =>
    studio
      .output()
      .split(/\n(?=\d\d:\d\d:\d\d )/)
      .filter((entry) => entry.includes(`${code}: `) && entry.includes(value));

  /** Console, Catch, sidebar and status tell of it, each once; and the pipeline beside it goes on. */
  const expectTold = async (node: string, code: string, title: string, value: string): Promise<void> => {
    const caught = await until(async () => {
      const errors = (await seen()).caught?.filter((error) => error.source === node && error.code === code);
      return errors?.length ? errors : undefined;
    }, `${code} in Catch`);
    const { hint, ...problem } = await until(() => problemOf(node, code), `${code} in the sidebar`);
    expect(problem).toMatchObject({ title, count: 1, message: expect.stringContaining(value) as string });
    expect(hint).not.toBe('');
    expect(caught.map(({ message }) => message)).toEqual([`${code}: ${problem.message} — ${hint}`]);
    const statuses = (await seen()).statuses?.filter(({ source }) => source === node);
    expect(statuses).toContainEqual({ source: node, fill: 'red', text: title });
    const entries = printed(code, value);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toContain(problem.message);
    expect(entries[0]).toContain(hint);
    expect(entries[0]).not.toMatch(/\n\s+at /);
    await expectPredicting();
  };
  const statusesOf = async (node: string) =>
    ((await seen()).statuses ?? []).filter(({ source }) => source === node).map(({ text }) => text);
  const expectPredicting = async (): Promise<void> => {
    const before = (await seen()).predictions?.length ?? 0;
    await until(async () => ((await seen()).predictions?.length ?? 0) > before || undefined, 'another prediction');
  };

  beforeAll(async () => {
    userDir = await mkdtemp(join(tmpdir(), 'millrace-bad-input-'));
    await addChangedModel(userDir);
    port = await freePort();
    occupant = await occupy(port);
    studio = await startStudio({ userDir, flow: flow(port) });
    live = io(studio.url, { path: '/millrace/live', transports: ['websocket'] });
    live.on('snapshot', (snapshot: View[]) => views.push(...snapshot));
    live.on('views', (news: View[], acknowledge: () => void) => {
      views.push(...news);
      acknowledge();
    });
    await expectPredicting();
  });
  afterAll(async () => {
    live?.close();
    occupant?.close();
    await studio?.stop();
    await rm(userDir, { recursive: true, force: true });
  });

  it('tells of a model that is not there yet, which is no error: its node waits', async () => {
    const { hint } = await until(() => problemOf('absent', 'MODEL_AWAITED'), 'MODEL_AWAITED in the sidebar');
    expect(hint).toContain('there is ');
    expect(printed('MODEL_AWAITED', '"no-such-model"')).toHaveLength(1);
    await until(
      async () => ((await statusesOf('infer-absent')).at(-1)?.startsWith('waiting for no-suc') ? true : undefined),
      'the waiting of its node',
    );
    await expectPredicting();
  });

  it('tells of a model file that was changed', async () => {
    await expectTold('infer-changed', 'PACKAGE_FILE_CHANGED', 'model file changed', 'model.onnx in');
  });

  it('tells of features that are not the model’s', async () => {
    await send('features', { payload: { rms_x: 1, colour: 2 } });
    await expectTold('infer-narrow', 'MODEL_INPUT_MISMATCH', 'wrong features', 'expects 22 features, got 2');
  });

  it('tells of a sensor on a pin that the board lacks', async () => {
    await expectTold('sensor-nowhere', 'PIN_UNKNOWN', 'no such pin', '"A9"');
  });

  it('tells of such a sensor on the console once where no Catch node is', async () => {
    expect(printed('PIN_UNKNOWN', '"A8"')).toHaveLength(1);
    expect(printed('PIN_UNKNOWN', '"A8"')[0]).toContain('[sensor:uncaught]');
  });

  it('tells of an output on a pin that another node holds, and leaves the pin to that node', async () => {
    await expectTold('led-again', 'PIN_TAKEN', 'pin is taken', '"the first LED" holds it');
    await expectTold('led-on-input', 'PIN_TAKEN', 'pin is taken', '"pins" holds it');
    await send('light', { payload: true });
    await until(async () => (await statusesOf('led')).includes('on') || undefined, 'the first LED to light');
    expect((await seen()).statuses?.filter(({ source, fill }) => source === 'led' && fill === 'red')).toEqual([]);
  });

  it('shares an input: each of its nodes gets readings at its own rate', async () => {
    const { slow, fast } = await until(async () => {
      const { slow = [], fast = [] } = await seen();
      return slow.length > 3 ? { slow, fast } : undefined;
    }, 'slow readings');
    // By the board's own stamps; `pins` reads the same pin a hundred times a second.
    expect(medianStep(slow) / medianStep(fast)).toBeGreaterThan(5);
  });

  it('goes on when a function node throws later, and tells which', async () => {
    await send('later', { late: '42 s' });
    await expectTold('later', 'NODE_THREW_LATER', 'threw later', 'late by 42 s');
    await send('promise', { promise: 'of Tuesday' });
    await expectTold('promise', 'NODE_THREW_LATER', 'threw later', 'broken promise of Tuesday');
    expect(studio.process.exitCode).toBeNull();
  });

  it('tells of a node of an unknown type', async () => {
    await expectTold('unknown', 'NODE_TYPE_UNKNOWN', 'unknown type', '"no-such-type"');
  });

  it('tells of a subflow that is used but not there', async () => {
    await expectTold('orphan', 'SUBFLOW_MISSING', 'subflow missing', '"gone"');
  });

  it('tells of a change of the world that the world does not know, and leaves the world as it is', async () => {
    await send('world', { world: { bearing: 'rusty' } });
    await expectTold('pins', 'WORLD_INVALID', 'unknown world', '"rusty"');
    expect(views.findLast((view) => view.kind === 'board')?.world).toMatchObject({ bearing: 'good' });
  });

  it('keeps messages while the built-in broker’s port is taken, and delivers all of them once it is free', async () => {
    await expectTold('upload', 'BROKER_PORT_IN_USE', 'port in use', `127.0.0.1:${port}`);
    const kept = await until(async () => {
      const { taken = [] } = await seen();
      return taken.length > 5 ? taken : undefined;
    }, 'messages to be kept');
    expect(views.findLast((view) => view.kind === 'outbox')).toMatchObject({ sent: 0, connected: false });

    await new Promise((closed) => occupant.close(closed));
    const arrived = subscribe(port);
    await until(() => kept.every((id) => arrived.ids.includes(id)) || undefined, 'what was kept to arrive');
    await arrived.close();
    // Numbered from the first message on, without a gap.
    const unique = [...new Set(arrived.sequences)];
    expect(unique).toEqual(unique.map((_, index) => index + 1));
    await until(() => views.findLast((view) => view.kind === 'cleared' && view.node === 'upload'), 'the all-clear');
    await until(
      async () => (await statusesOf('upload')).at(-1)?.startsWith('sent') || undefined,
      'the status to say so',
    );
  }, 60_000);

  it('has told of nothing else, and has lost no prediction', async () => {
    const { caught = [], predictions = [], taken = [] } = await seen();
    const sources = caught.map(({ source }) => source);
    expect(new Set(sources).size).toBe(sources.length);
    expect(new Set(predictions)).toEqual(new Set(['healthy']));
    await until(async () => ((await seen()).taken?.length ?? 0) >= predictions.length || undefined, 'the last one');
    expect(new Set(taken).size).toBe(taken.length);
    expect(studio.output()).not.toMatch(/TypeError|ReferenceError|UNEXPECTED|UNCAUGHT/);
  });
});

function medianStep(times: readonly number[]): number {
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? NaN));
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? NaN;
}

/** Subscribes as soon as the broker is there. */
function subscribe(port: number) {
  const ids: string[] = [];
  const sequences: number[] = [];
  const client = connect(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 100 });
  client.on('error', () => undefined);
  client.on('message', (_topic, body) => {
    const { id, key } = JSON.parse(body.toString()) as { id: string; key: { sequence: number } };
    ids.push(id);
    sequences.push(key.sequence);
  });
  // Before the broker is there the connection is refused, or cut again.
  client.on('connect', () => void client.subscribe('millrace/#', { qos: 1 }));
  return { ids, sequences, close: () => client.endAsync(true) };
}
