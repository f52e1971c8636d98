/** The whole way on the device, with the built product: a stick, a supervisor, a flow, and what goes wrong with them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { FlowNode } from '../../runtime/bundle/index.ts';
import { boardsOf } from '../../runtime/bundle/pack/needs/boards.ts';
import { makeRoot } from '../../runtime/keys/index.ts';
import { connectGateway, type GatewayControl } from '../../runtime/rollout/index.ts';
import { openVirtualBoard } from '../../scripts/virtual-port.ts';
import { bundleOf, mrb, newKey, rootOf, signed } from '../support/bundles.ts';
import { until } from '../support/node-red.ts';
import { scratch } from '../support/run-bundle.ts';
import { command } from '../support/studio.ts';

const ENV = {
  ...process.env,
  NO_COLOR: '1',
  MILLRACE_LIMIT_GATEWAY_SILENCE_MS: '6000',
  MILLRACE_LIMIT_DEPLOY_STARTS: '2',
};
const at = { z: 'one', x: 100, y: 40 };

/** A flow that says `name` once a second, and does something else in a function node. */
const flow = (name: string, does: string): FlowNode[] => [
  { id: 'one', type: 'tab', label: 'One', disabled: false, info: '' },
  {
    id: 'tick',
    type: 'inject',
    ...at,
    props: [{ p: 'payload' }],
    payload: name,
    repeat: '1',
    once: true,
    wires: [['do']],
  },
  { id: 'do', type: 'function', ...at, func: does, outputs: 1, wires: [['say']] },
  { id: 'say', type: 'debug', ...at, active: true, tosidebar: false, console: true, complete: 'payload', wires: [] },
];
/** Outside the function's own time limit. */
const HANG = 'setTimeout(() => { for (;;); }, 500); return msg;';
/** At its ceiling of 400 MB before the six seconds of its probation are over, however little a flow takes by itself. */
const HOARD = `const held = context.get('held') || []; held.push(Buffer.alloc(120e6, 1)); context.set('held', held); return msg;`;

function millrace(args: readonly string[], env: NodeJS.ProcessEnv = ENV): ChildProcess & { output(): string } {
  const child = spawn(process.execPath, [command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += String(text)));
  return Object.assign(child, { output: () => output });
}

async function gateway(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = millrace(['gateway', ...args]);
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, output: child.output() };
}

async function device() {
  const userDir = await scratch();
  const on = ['--user-dir', userDir];
  const key = newKey();
  const { version, expires, roles } = rootOf([key]);
  const root = join(userDir, 'root-of-trust.json');
  await writeFile(root, JSON.stringify(makeRoot({ version, expires, roles }, [key])));
  const asked = async <T>(ask: (control: GatewayControl) => Promise<T>): Promise<T> => {
    const control = await connectGateway(userDir);
    return await ask(control).finally(() => control.close());
  };
  return {
    ...{ on, root },
    events: () => asked((control) => control.events(0)),
    boards: () => asked((control) => control.boards()),
    start() {
      const args = ['gateway', 'start', '--allow-root', '--probation', '0.1', '--max-memory', '400', ...on];
      // It keeps what is compiled by itself.
      const child = millrace(args, { ...ENV, NODE_COMPILE_CACHE: undefined });
      const ended = new Promise<void>((done) => child.on('close', () => done()));
      onTestFinished(async () => {
        if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
        await ended;
      });
      return { child, ended };
    },
    async bundle(name: string, release: number, does = 'return msg;', more: readonly FlowNode[] = []) {
      const nodes = [...flow(name, does), ...more];
      const made = bundleOf({ name, flow: nodes });
      const nodeTypes = [...new Set(nodes.map(({ type }) => type))].filter((type) => type !== 'tab').sort();
      const needs = { ...made.manifest.needs, nodeTypes, boards: boardsOf(nodes) };
      const bundle = bundleOf({ name, flow: nodes, manifest: { needs } });
      const file = join(userDir, `${name}.mrb`);
      await writeFile(file, mrb(bundle, signed(bundle, [key], { version: release })));
      return file;
    },
    /** Files of what Node.js has compiled of the flow's modules. */
    compiled: async () =>
      (await readdir(join(userDir, 'gateway/compiled'), { recursive: true }).catch(() => [])).length,
    /** Of the flow that runs, as the supervisor keeps it. */
    flowPid: async () =>
      (JSON.parse(await readFile(join(userDir, 'gateway/flow-process.json'), 'utf8')) as { pid: number }).pid,
    runs: (name: string) =>
      until(
        async () => {
          const now = await asked((control) => control.status()).catch(() => undefined);
          return now?.process === 'running' && now.state === 'idle' && now.running?.name === name ? now : undefined;
        },
        `${name} to run`,
        120_000,
      ),
  };
}

const lives = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it('runs what came on a stick, ends its flow when it is killed, and runs it again', async () => {
  const { on, root, bundle, start, runs, flowPid, compiled } = await device();
  const file = await bundle('good', 1);
  expect(await gateway('deploy', file, ...on)).toMatchObject({
    code: 1,
    output: expect.stringContaining('ROOT_UNPINNED') as string,
  });
  expect(await gateway('trust', root, ...on)).toMatchObject({ code: 0 });
  const deployed = await gateway('deploy', file, ...on);
  expect(deployed).toMatchObject({ code: 0, output: expect.stringContaining('from the next start on') as string });

  const first = start();
  await runs('good');
  expect((await gateway('status', ...on)).output).toContain('good 1');
  const second = await gateway('start', '--allow-root', ...on);
  expect(second).toMatchObject({ code: 1, output: expect.stringContaining('GATEWAY_RUNNING') as string });

  // While it runs: who loses its power has it, too.
  await until(async () => (await compiled()) > 300, 'what was compiled to be kept');
  const pid = await flowPid();
  first.child.kill('SIGKILL');
  await first.ended;
  await until(() => !lives(pid), 'the flow to end with its supervisor');
  expect(await gateway('status', ...on)).toMatchObject({
    code: 1,
    output: expect.stringContaining('is stopped') as string,
  });

  const third = start();
  await runs('good');
  const again = await flowPid();
  expect(await gateway('restart', ...on)).toMatchObject({ code: 0 });
  await until(async () => (await flowPid().catch(() => again)) !== again, 'another process');
  await runs('good');
  third.child.kill('SIGTERM');
  await third.ended;
  expect(third.child.exitCode).toBe(0);
  expect(third.child.output()).toContain('Stopped.');
  const log = (await gateway('log', ...on)).output;
  expect(log).toMatch(/ flow +.*good/);
  const { output } = await gateway('status', '--json', ...on);
  expect(JSON.parse(output.split('\n')[0] ?? '')).toMatchObject({
    running: false,
    status: { process: 'stopped', running: { name: 'good' } },
  });
}, 300_000);

it('goes back by itself from a flow that hangs, and from one that takes too much memory', async () => {
  const { on, root, bundle, start, runs, events } = await device();
  await gateway('trust', root, ...on);
  expect(await gateway('deploy', await bundle('good', 1), ...on)).toMatchObject({ code: 0 });
  start();
  await runs('good');
  for (const [name, release, does, kind] of [
    ['hangs', 2, HANG, 'hung'],
    ['hoards', 3, HOARD, 'out-of-memory'],
  ] as const) {
    const before = (await events()).length;
    const { code, output } = await gateway('deploy', await bundle(name, release, does), ...on);
    expect({ code, output }).toMatchObject({ code: 1 });
    await runs('good');
    const kinds = (await events()).slice(before).map((event) => event.kind);
    expect(kinds).toContain(kind);
    expect(kinds).toContain('rolled-back');
  }
}, 400_000);

it('refuses a flow that its board cannot serve: one that nobody uses yet, and one that the flow before it holds', async () => {
  const uno = await openVirtualBoard();
  onTestFinished(() => uno.close());
  const board = { id: 'uno', type: 'board', name: 'Uno', kind: 'tcp', host: '127.0.0.1', tcpPort: uno.port };
  const light = (pin: string) => [
    board,
    { id: 'light', type: 'actuator', ...at, kind: 'rgb', board: 'uno', pins: ['D9', 'D10', pin], format: 1 },
  ];
  const { on, root, bundle, start, runs, boards } = await device();
  await gateway('trust', root, ...on);
  expect(await gateway('deploy', await bundle('plain', 1), ...on)).toMatchObject({ code: 0 });
  start();
  await runs('plain');
  const refused = {
    code: 1,
    output: expect.stringMatching(
      /the pin D13 of the board "Uno" cannot do what the flow needs.*fading[^]*D11/,
    ) as string,
  };
  expect(await gateway('deploy', await bundle('early', 2, 'return msg;', light('D13')), ...on)).toMatchObject(refused);
  await runs('plain');

  expect(await gateway('deploy', await bundle('lit', 3, 'return msg;', light('D11')), ...on)).toMatchObject({
    code: 0,
  });
  await runs('lit');
  await until(async () => (await boards()).length > 0, 'the board to be connected');
  expect(await boards()).toMatchObject([{ port: `127.0.0.1:${uno.port}`, firmware: 'MillraceVirtual 2.5' }]);
  expect(await gateway('deploy', await bundle('late', 4, 'return msg;', light('D13')), ...on)).toMatchObject(refused);
  await runs('lit');
  // It was asked by the flow that has it, and by nobody else.
  expect(uno.open()).toBe(1);
}, 300_000);
