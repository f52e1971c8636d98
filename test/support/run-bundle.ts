/** `millrace run` of the built product, in a process and a user directory of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { type FlowNode, MANIFEST_FILE, packBundle, unpackBundle, writeTar } from '../../runtime/bundle/index.ts';
import { type FlowMessage, flowMessage, type Vitals } from '../../runtime/messages/index.ts';
import { openRegistry } from '../../runtime/models/registry/index.ts';
import { bundleOf, entriesOf, type Parts, sha256 } from './bundles.ts';
import { until } from './node-red.ts';
import { command } from './studio.ts';

const root = resolve(import.meta.dirname, '../..');

export interface RunOptions {
  readonly userDir?: string;
  readonly args?: readonly string[];
  /** How its signature is looked at. Default: not at all. */
  readonly trust?: readonly string[];
  /** Default: yes, as CI is root. */
  readonly asRoot?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** With a channel, as the supervisor starts it; or with what it says of the bundle. */
  readonly supervised?: boolean | readonly string[];
}

export interface Run {
  readonly process: ChildProcess;
  readonly userDir: string;
  /** On both streams. */
  output(): string;
  /** What came over the channel. */
  readonly messages: readonly FlowMessage[];
  /** The newest vitals, once they are as wanted. */
  vitals(wanted?: (vitals: Vitals) => boolean): Promise<Vitals>;
  /** Resolves when the flow runs. */
  up(): Promise<void>;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

/** A directory that is removed when the test is over. */
export async function scratch(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-run-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Writes a bundle file. */
export async function bundleFile(directory: string, parts: Parts, envelope?: unknown): Promise<string> {
  const bundle = bundleOf(parts);
  const file = join(directory, `${bundle.manifest.name}.mrb`);
  await writeFile(file, writeTar(entriesOf(bundle, envelope)));
  return file;
}

export async function run(bundle: string, options: RunOptions = {}): Promise<Run> {
  const userDir = options.userDir ?? (await scratch());
  const { args = [], env, supervised = false, trust = ['--unsigned'], asRoot = true } = options;
  const accepted = supervised === true ? await digestIn(bundle) : supervised || [];
  const how = [...(supervised ? ['--supervised', ...accepted] : trust), ...(asRoot ? ['--allow-root'] : [])];
  const child = spawn(process.execPath, [command, 'run', bundle, '--user-dir', userDir, ...how, ...args], {
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(supervised ? (['ipc'] as const) : [])],
    serialization: 'advanced',
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += String(chunk)));
  child.stderr?.on('data', (chunk: Buffer) => (output += String(chunk)));
  const messages: FlowMessage[] = [];
  child.on('message', (message) => messages.push(flowMessage.parse(message)));
  // Where the test itself closes the channel, Node.js says no more than that the process has gone.
  const ended = new Promise<number | null>((done) => {
    child.on(supervised ? 'exit' : 'close', (code: number | null) => done(code));
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const running = async <T>(what: string, look: () => T | undefined) =>
    until(
      () => {
        if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}:\n${output}`);
        return look();
      },
      what,
      60_000,
    );
  return {
    ...{ process: child, userDir, messages, ended },
    output: () => output,
    up: () => running('the flow runs', () => output.includes(' runs: ') || undefined).then(() => undefined),
    vitals: (wanted = () => true) =>
      running('vitals', () => {
        const last = messages.findLast((message) => message.type === 'vitals');
        return last && wanted(last.vitals) ? last.vitals : undefined;
      }),
  };
}

/** Of an unpacked bundle; none where there is none. */
const digestIn = async (folder: string): Promise<string[]> =>
  await readFile(join(folder, MANIFEST_FILE)).then(
    (text) => [sha256(text)],
    () => [],
  );

/** A bundle that was unpacked. */
export async function bundleFolder(parts: Parts): Promise<string> {
  const directory = await scratch();
  const folder = join(directory, 'unpacked');
  await unpackBundle(await bundleFile(directory, parts), folder);
  return folder;
}

/** A flow that ships, packed as `millrace bundle pack` does. */
export async function shippedParts(name: string): Promise<Parts> {
  const folder = join(root, 'flows', name);
  const flow = JSON.parse(await readFile(join(folder, 'flow.json'), 'utf8')) as FlowNode[];
  const models = openRegistry({ layers: [join(folder, 'models')], directory: join(folder, 'none'), follow: false });
  const builtIn = new Set(flow.map(({ type }) => type));
  const { manifest, files } = await packBundle({ name, flow, models, builtIn, runtime: '0.1.0' });
  await models.close();
  return { name, flow, files: Object.fromEntries(files), manifest };
}
