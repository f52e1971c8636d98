/** The built product, started as a person would: a process of its own, in a directory of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { FlowNode } from './node-red.ts';
import { until } from './node-red.ts';

const root = resolve(import.meta.dirname, '../..');
/** The `millrace` command, for `process.execPath`. */
export const command = join(root, 'dist/millrace-studio/runtime/cli/main.js');

export interface Studio {
  readonly url: string;
  readonly userDir: string;
  readonly process: ChildProcess;
  /** Everything it printed, on both streams. */
  output(): string;
  /** Ends it as Ctrl-C would. Resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would, and keeps its directory. */
  kill(): Promise<void>;
}

export interface StudioOptions {
  readonly flow?: readonly FlowNode[];
  /** Of an earlier start: made, and removed at the end, where none is given. */
  readonly userDir?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The Node.js binary. Default: the one that runs the tests. */
  readonly node?: string;
  /** The command's file. Default: that of the build. */
  readonly command?: string;
}

/** Starts `millrace start` on a free port and waits until it prints its address. */
export async function startStudio(options: StudioOptions = {}): Promise<Studio> {
  const userDir = options.userDir ?? (await newUserDir());
  const args = ['start', '--port', '0', '--user-dir', userDir, ...(options.args ?? [])];
  if (options.flow) {
    const file = join(userDir, 'test-flow.json');
    await writeFile(file, JSON.stringify(options.flow));
    args.push('--flow', file);
  }
  const child = spawn(options.node ?? process.execPath, [options.command ?? command, ...args], {
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (output += String(chunk)));
  const ended = new Promise<number | null>((done) => child.on('exit', (code) => done(code)));
  const url = await until(
    () => {
      if (child.exitCode !== null) throw new Error(`the studio ended with ${child.exitCode}:\n${output}`);
      return /https?:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
    },
    'the address',
    180_000,
  );
  const remove = () => (options.userDir === undefined ? rm(userDir, { recursive: true, force: true }) : undefined);
  return {
    url,
    userDir,
    process: child,
    output: () => output,
    async stop() {
      child.kill('SIGTERM');
      const code = await ended;
      await remove();
      return code;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/**
 * A directory for a studio that a browser opens, to be removed by who asked for it.
 *
 * Its user has switched off the tips of Node-RED 5: the first is drawn a second after the page began, also where
 * what it is drawn into is not there yet, which on a busy machine is an error in the page that is none of ours.
 */
export async function newUserDir(): Promise<string> {
  const userDir = await mkdtemp(join(tmpdir(), 'millrace-studio-'));
  const anonymous = { editor: { view: { 'view-show-tips': false } } };
  await writeFile(join(userDir, '.config.users.json'), JSON.stringify({ _: anonymous }));
  return userDir;
}

/** The shipped pump flow with its broker on another port, so that tests can run beside each other. */
export async function pumpFlow(brokerPort: number): Promise<FlowNode[]> {
  const flow = JSON.parse(await readFile(join(root, 'flows/pump/flow.json'), 'utf8')) as FlowNode[];
  return flow.map((node) =>
    node.type === 'target' || node.type === 'mqtt-broker' ? { ...node, port: String(brokerPort) } : node,
  );
}

/** A port on loopback that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Another program on this port of loopback: it takes connections and cuts them. */
export async function occupy(port: number): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  return server;
}
