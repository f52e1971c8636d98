/**
 * A gateway that runs the pump at 100 readings of four channels a second, under its supervisor, uploading to a real broker:
 * whether memory, handles and disk stay flat, and whether anything is lost.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type FlowNode, packBundle, signBundle } from '../../../runtime/bundle/index.ts';
import { makeRoot, makeSigningKey } from '../../../runtime/keys/index.ts';
import { openRegistry } from '../../../runtime/models/registry/index.ts';
import type { SoakVerdict } from '../judge.ts';
import { startReceiver } from '../outbox/receiver.ts';
import { judgeGateway, type Sample } from './judge.ts';

const root = resolve(import.meta.dirname, '../../..');
const command = join(root, 'dist/millrace-studio/runtime/cli/main.js');

/** Between two looks, ms. */
const LOOK = 5_000;
const MINUTE = 60_000;

export interface GatewaySoakOptions {
  readonly minutes: number;
  readonly progress: (words: string) => void;
}

/** Needs the built product. */
export async function soakGateway({ minutes, progress }: GatewaySoakOptions): Promise<readonly SoakVerdict[]> {
  const userDir = await mkdtemp(join(tmpdir(), 'millrace-soak-'));
  const arrived = new Map<string, Set<number>>();
  const receiver = await startReceiver(({ key }) => {
    const sequences = arrived.get(key.stream) ?? new Set();
    arrived.set(key.stream, sequences.add(key.sequence));
  });
  try {
    await trustedBundle(userDir, receiver.url);
    await millrace(userDir, 'trust', join(userDir, 'root.json'));
    await millrace(userDir, 'deploy', join(userDir, 'pump.mrb'), '--no-wait');
    const gateway = spawn(process.execPath, [command, 'gateway', 'start', '--user-dir', userDir], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let output = '';
    gateway.stderr.on('data', (chunk: Buffer) => (output = `${output}${String(chunk)}`.slice(-4_000)));
    const ended = new Promise((done) => gateway.on('close', done));
    const samples: Sample[] = [];
    const begun = performance.now();
    while (performance.now() - begun < minutes * MINUTE) {
      await new Promise((done) => setTimeout(done, LOOK));
      if (gateway.exitCode !== null) throw new Error(`the gateway ended with ${gateway.exitCode}:\n${output}`);
      const sample = await look(userDir, performance.now() - begun);
      if (!sample) continue;
      samples.push(sample);
      if (samples.length % 12 === 0) progress(`${Math.round(sample.at / MINUTE)} min: ${words(sample)}`);
    }
    gateway.kill('SIGTERM');
    await ended;
    const ledger = JSON.parse(await readFile(join(userDir, 'millrace/outbox/ledger.json'), 'utf8')) as Ledger;
    return judgeGateway(samples, arrived, ledger.streams);
  } finally {
    await receiver.close();
    await rm(userDir, { recursive: true, force: true });
  }
}

interface Ledger {
  readonly streams: readonly { readonly stream: string; readonly appended: number; readonly acknowledged: number }[];
}

/** The pump's flow, uploading to `url`, as a signed bundle, and the root that trusts it. */
async function trustedBundle(userDir: string, url: string): Promise<void> {
  const text = await readFile(join(root, 'flows/pump/flow.json'), 'utf8');
  const flow = (JSON.parse(text) as FlowNode[])
    // The cloud is played by the receiver.
    .filter(({ type }) => !['mqtt in', 'mqtt-broker', 'debug'].includes(type))
    .map((node) => (node.type === 'target' ? { ...node, kind: 'mqtt', url } : node));
  const layers = [join(root, 'flows/pump/models')];
  const models = openRegistry({ layers, directory: join(userDir, 'none'), follow: false });
  const builtIn = new Set(flow.map(({ type }) => type));
  const { bytes } = await packBundle({ name: 'pump', flow, models, builtIn, runtime: '0.1.0' });
  await models.close();
  const key = await makeSigningKey(join(userDir, 'release.pem'));
  const role = { threshold: 1, keys: [{ id: key.id, publicKey: key.publicKey }] };
  const expires = Date.now() + 365 * 24 * 60 * MINUTE;
  const trusted = makeRoot({ version: 1, expires, roles: { root: role, release: role } }, [key]);
  await writeFile(join(userDir, 'root.json'), JSON.stringify(trusted));
  await writeFile(join(userDir, 'pump.mrb'), signBundle(bytes, { keys: [key], now: Date.now() }).bytes);
}

/** `millrace gateway …`, to its end. */
async function millrace(userDir: string, ...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [command, 'gateway', ...args, '--user-dir', userDir]);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (output += String(chunk)));
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) throw new Error(`millrace gateway ${args.join(' ')} ended with ${String(code)}:\n${output}`);
  return output;
}

/** The flow's process and the disk; nothing while it is not up. */
async function look(userDir: string, at: number): Promise<Sample | undefined> {
  const text = await readFile(join(userDir, 'gateway/flow-process.json'), 'utf8').catch(() => undefined);
  const pid = text === undefined ? undefined : (JSON.parse(text) as { readonly pid: number }).pid;
  if (pid === undefined) return undefined;
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const handles = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const rss = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
  return Number.isNaN(rss) ? undefined : { at, pid, rss, handles: handles.length, disk: await bytesBelow(userDir) };
}

async function bytesBelow(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  // A file that is gone meanwhile takes nothing.
  const sizes = files.map(({ parentPath, name }) =>
    stat(join(parentPath, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

const words = ({ rss, handles, disk }: Sample) =>
  `${Math.round(rss / 1e6)} MB of memory, ${handles} handles, ${(disk / 1e6).toFixed(1)} MB on disk`;
