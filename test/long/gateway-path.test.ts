/**
 * A gateway's whole life, as two people would have it: a studio, a gateway that is paired with it, the pump, four bundles
 * that are bad each in its own way, and a day's messages while the network is gone. What arrives is asked of the broker.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GatewayEvent, GatewayRow, GatewaysAnswer, PairingAnswer } from '../../runtime/messages/index.ts';
import { readPackage, writePackage } from '../../runtime/models/package/index.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { type Mosquitto, mosquittoMissing, startMosquitto } from '../support/mosquitto.ts';
import { type FlowNode, until } from '../support/node-red.ts';
import { command, startStudio, type Studio } from '../support/studio.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
/** One a second. */
const DAY = 86_400;

let mosquitto: Mosquitto;
let network: FaultProxy;
let studio: Studio;
let subscriber: MqttClient;
let userDir: string;
let gateway: ChildProcess | undefined;
let said = '';
let id = '';
/** Of each sender and stream: which sequences came, and how many labels. The studio runs what it edits, too: it is another sender. */
const arrived = new Map<string, Set<number>>();
const labels = new Map<string, number>();
let sender = '';
const came = (stream: string) => arrived.get(`${sender}/${stream}`) ?? new Set<number>();

/** The pump as it ships, but its cloud is mosquitto behind a network that can fail. */
async function pump(change: (node: FlowNode) => FlowNode = (node) => node, more: readonly FlowNode[] = []) {
  const flow = JSON.parse(await readFile(join(root, 'flows/pump/flow.json'), 'utf8')) as FlowNode[];
  const cloud = new Set(['pump-arrives', 'pump-debug-arrives', 'pump-broker', 'pump-cloud']);
  const own = flow
    .filter((node) => !cloud.has(node.id))
    .map((node) =>
      node.id === 'pump-target' ? { ...node, kind: 'mqtt', url: `mqtt://127.0.0.1:${network.port}` } : node,
    );
  return [...own.map(change), ...more];
}

/** A node of a package that somebody wrote, which does harm on a gateway only: the studio must go on. */
async function installHarm(directory: string, type: string, harm: string): Promise<void> {
  const folder = join(directory, 'node_modules', `node-red-contrib-${type}`);
  await mkdir(folder, { recursive: true });
  const manifest = { name: `node-red-contrib-${type}`, version: '1.0.0', 'node-red': { nodes: { [type]: 'node.js' } } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(
    join(folder, 'node.html'),
    `<script type="text/javascript">RED.nodes.registerType('${type}', { category: 'function', defaults: { name: { value: '' } }, inputs: 1, outputs: 0 });</script>
<script type="text/html" data-template-name="${type}"></script>\n`,
  );
  await writeFile(
    join(folder, 'node.js'),
    `module.exports = (RED) => RED.nodes.registerType('${type}', function (config) {
      RED.nodes.createNode(this, config);
      if (process.argv.includes('run')) setTimeout(() => { ${harm} }, 1000);
    });\n`,
  );
}
const harmful = (type: string): FlowNode => ({
  ...{ id: `its-${type}`, type, z: 'pump', name: type },
  x: 900,
  y: 500,
  wires: [],
});

const ask = async <T>(path: string, body?: unknown): Promise<T> => {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${studio.url}/millrace/gateways${path}`, { ...init, headers });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
};
const row = async (): Promise<GatewayRow | undefined> => (await ask<GatewaysAnswer>('')).gateways[0];
const rowWhen = <T>(what: string, probe: (row: GatewayRow) => T | undefined, limit = 600_000): Promise<T> =>
  until(
    async () => {
      const { exitCode = null, signalCode = null } = gateway ?? {};
      if (exitCode !== null || signalCode !== null) throw new Error(`the gateway ended: ${signalCode ?? exitCode}`);
      const now = await row();
      // The studio is asked, not driven: some times a second are enough.
      await new Promise((done) => setTimeout(done, 200));
      return now && probe(now);
    },
    what,
    limit,
  ).catch(async (error: unknown) => {
    throw new Error(`${String(error)}\n${JSON.stringify(await row(), undefined, 1)}\n${said.slice(-4000)}`);
  });

async function edit(flows: readonly FlowNode[]): Promise<void> {
  const response = await fetch(`${studio.url}/flows`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Node-RED-API-Version': 'v2' },
    body: JSON.stringify({ flows }),
  });
  expect(response.status).toBe(200);
}

/** Deploys what the editor has. @returns the event with which that ended */
async function deploy(name: string): Promise<GatewayEvent> {
  const before = (await row())?.events.at(-1)?.sequence ?? 0;
  const { release } = await ask<{ release: { digest: string } }>('/deploy', { name, gateway: id });
  return await rowWhen(`the end of the deploy of ${name}`, ({ events }) =>
    events.find(
      (event) =>
        event.sequence > before &&
        ['deployed', 'refused', 'rolled-back'].includes(event.kind) &&
        event.release?.digest === release.digest,
    ),
  );
}
const runs = () => rowWhen('what runs', ({ status }) => (status?.process === 'running' ? status.running : undefined));
/** It predicts and uploads: the labels of the pump's stream go on growing. */
const predicts = async () => {
  const predictions = () => labels.get(`${sender}/pump`) ?? 0;
  const before = predictions();
  await until(() => predictions() > before + 3, 'predictions', 60_000);
};

beforeAll(async () => {
  if (mosquittoMissing) return;
  mosquitto = await startMosquitto();
  network = await startFaultProxy(mosquitto.port);
  subscriber = await connectAsync(mosquitto.url, { clean: true });
  subscriber.on('message', (_topic, payload) => {
    const { key, payload: value } = JSON.parse(payload.toString()) as {
      key: { gateway: string; stream: string; sequence: number };
      payload?: { label?: string };
    };
    const from = `${key.gateway}/${key.stream}`;
    arrived.set(from, (arrived.get(from) ?? new Set<number>()).add(key.sequence));
    if (typeof value?.label === 'string') labels.set(from, (labels.get(from) ?? 0) + 1);
  });
  await subscriber.subscribeAsync('millrace/#', { qos: 1 });
  userDir = await mkdtemp(join(tmpdir(), 'millrace-gateway-'));
  const directory = await mkdtemp(join(tmpdir(), 'millrace-studio-'));
  await installHarm(directory, 'crasher', 'process.exit(9);');
  await installHarm(directory, 'hanger', 'for (;;);');
  const recordings = join(directory, 'millrace/recordings');
  await mkdir(recordings, { recursive: true });
  const lines = Array.from({ length: DAY }, (_, second) =>
    JSON.stringify({ at: second * 1000, message: { payload: { second, speed: 1480 + (second % 7) }, topic: 'day' } }),
  );
  await writeFile(join(recordings, 'day.jsonl'), ['{"millrace":"recording","format":1}', ...lines, ''].join('\n'));
  studio = await startStudio({ userDir: directory, flow: await pump(), args: ['--gateway-port', '0'] });
}, 180_000);

afterAll(async () => {
  if (mosquittoMissing) return;
  if (gateway?.exitCode === null && gateway.signalCode === null) {
    const ended = new Promise((done) => gateway?.once('exit', done));
    gateway.kill('SIGTERM');
    await ended;
  }
  await studio.stop();
  await subscriber.endAsync(true);
  await network.close();
  await mosquitto.close();
  await rm(userDir, { recursive: true, force: true });
  await rm(studio.userDir, { recursive: true, force: true });
}, 120_000);

describe.skipIf(mosquittoMissing)('the whole path', () => {
  it('pairs a gateway, deploys the pump, and its predictions arrive', async () => {
    const { code } = await ask<PairingAnswer>('/pairing', {});
    const { stdout } = await run(process.execPath, [command, 'gateway', 'pair', code, '--user-dir', userDir, '--json']);
    ({ gateway: id } = JSON.parse(stdout) as { gateway: string });
    gateway = spawn(
      process.execPath,
      [command, 'gateway', 'start', '--allow-root', '--user-dir', userDir, '--probation', '0.1'],
      {
        env: { ...process.env, NO_COLOR: '1', MILLRACE_LIMIT_GATEWAY_SILENCE_MS: '5000' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    for (const stream of [gateway.stdout, gateway.stderr]) stream?.on('data', (text) => (said += String(text)));
    await rowWhen('the gateway', ({ connected }) => connected || undefined);
    expect(await deploy('pump')).toMatchObject({ kind: 'deployed' });
    sender = (await readFile(join(userDir, 'millrace/gateway-id'), 'utf8')).trim();
    await predicts();
  });

  const bad: readonly { what: string; kind: GatewayEvent['kind']; says: RegExp; make: () => Promise<FlowNode[]> }[] = [
    {
      ...{ what: 'whose flow test fails', kind: 'refused', says: /the pump flies/ },
      make: async () => {
        const folder = join(studio.userDir, 'tests/test-flow');
        await mkdir(folder, { recursive: true });
        const test = {
          ...{ format: 1, name: 'the pump flies', duration: '10 s' },
          expect: [{ node: 'infer', property: 'payload.label', expect: 'always', is: 'flying' }],
        };
        await writeFile(join(folder, 'flies.json'), JSON.stringify(test));
        return await pump();
      },
    },
    {
      ...{ what: 'whose model answers wrongly to one of its vectors', kind: 'refused', says: /pump-health.*0\.0\.1/ },
      make: async () => {
        await rm(join(studio.userDir, 'tests'), { recursive: true, force: true });
        const { manifest, ...parts } = await readPackage(join(root, 'flows/pump/models/pump-health'));
        const [first, ...others] = manifest.vectors;
        if (!first) throw new Error('the model has no vectors');
        const wrong = (data: readonly number[] | readonly string[]) =>
          data.map((value) => (typeof value === 'number' ? value + 0.5 : 'flying')) as number[] | string[];
        const outputs = Object.fromEntries(
          Object.entries(first.outputs).map(([name, tensor]) => [name, { ...tensor, data: wrong(tensor.data) }]),
        );
        await writePackage(join(studio.userDir, 'millrace/models/pump-health/0.0.1'), {
          ...parts,
          manifest: { ...manifest, version: '0.0.1', vectors: [{ ...first, outputs }, ...others] },
        });
        return await pump((node) => (node.id === 'pump-model' ? { ...node, model: 'pump-health@0.0.1' } : node));
      },
    },
    {
      ...{ what: 'that crashes again and again', kind: 'rolled-back', says: /started 3 times.*exit code 9/ },
      make: () => pump(undefined, [harmful('crasher')]),
    },
    {
      ...{ what: 'that hangs', kind: 'rolled-back', says: /started 3 times.*no sign of life/ },
      make: () => pump(undefined, [harmful('hanger')]),
    },
  ];
  it.each(bad)('goes back by itself from a bundle $what', async ({ make, kind, says }) => {
    expect(gateway, 'a gateway that was paired').toBeDefined();
    const good = await runs();
    await edit(await make());
    const event = await deploy('pump');
    expect(event).toMatchObject({ kind });
    expect(`${event.text} ${event.problem?.message}`).toMatch(says);
    expect(await runs()).toEqual(good);
    await predicts();
  });

  it('brings everything through a network that is gone while a day is replayed', async () => {
    const replays: FlowNode[] = [
      {
        ...{
          id: 'day',
          type: 'replay',
          z: 'pump',
          name: 'a day',
          recording: 'day.jsonl',
          speed: 'fast',
          loop: false,
          start: true,
        },
        ...{ times: 'keep', x: 120, y: 500, wires: [['day-upload']] },
      },
      {
        ...{ id: 'day-upload', type: 'upload', z: 'pump', name: '', target: 'pump-target', stream: 'day' },
        x: 400,
        y: 500,
        wires: [],
      },
    ];
    expect(gateway, 'a gateway that was paired').toBeDefined();
    await network.refuse();
    await edit(await pump(undefined, replays));
    expect(await deploy('pump')).toMatchObject({ kind: 'deployed' });
    const uploaded = await rowWhen('the day in the outbox', ({ status }) =>
      (status?.vitals?.outbox.depth ?? 0) >= DAY ? status?.vitals?.outbox : undefined,
    );
    expect(uploaded.unreachable).toBe(1);
    expect(came('day').size).toBe(0);

    await network.heal();
    await until(() => came('day').size >= DAY, 'the whole day', 600_000);
    const sequences = [...came('day')].sort((a, b) => a - b);
    expect([sequences.length, sequences[0], sequences.at(-1)]).toEqual([DAY, 1, DAY]);
    // Nor is anything missing of what the pump itself sent, through five deploys.
    const before = Math.max(...came('pump'));
    await until(() => Math.max(...came('pump')) > before, 'the pump', 60_000);
    const pumped = [...came('pump')].filter((sequence) => sequence <= before);
    expect([pumped.length, Math.min(...pumped)]).toEqual([before, 1]);
  });
});
