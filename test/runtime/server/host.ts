/** Starts `serve.ts` in a process and a directory of its own, and ends both. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Summary } from '../../../runtime/server/index.ts';

export interface Host {
  readonly summary: Summary;
  readonly userDir: string;
  /** Everything it logged so far. */
  log(): string;
  get(path: string, headers?: Record<string, string>): Promise<{ status: number; text: string }>;
  /** Sends SIGTERM. Resolves with the exit code. */
  stop(): Promise<number | null>;
}

export interface HostSettings {
  readonly userDir: string;
  readonly flow?: readonly Record<string, unknown>[];
  readonly options?: Record<string, unknown>;
}

export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-server-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

function spawnHost({ userDir, options }: HostSettings, flowFile: string | undefined) {
  const settings = { userDir, port: 0, ...(flowFile !== undefined && { flow: flowFile }), ...options };
  const child: ChildProcess = spawn(process.execPath, [
    join(import.meta.dirname, 'serve.ts'),
    JSON.stringify(settings),
  ]);
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, output, ended };
}

async function writeFlow({ userDir, flow }: HostSettings): Promise<string | undefined> {
  if (!flow) return undefined;
  const file = `${userDir}-flow.json`;
  await writeFile(file, JSON.stringify(flow));
  onTestFinished(() => rm(file, { force: true }));
  return file;
}

/** A start that is to fail. */
export async function failingHost(settings: HostSettings): Promise<{ code: number | null; log: string }> {
  const { output, ended } = spawnHost(settings, await writeFlow(settings));
  const code = await ended;
  return { code, log: output.stderr };
}

export async function startHost(settings: HostSettings): Promise<Host> {
  const { child, output, ended } = spawnHost(settings, await writeFlow(settings));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      if (output.stdout.includes('\n')) resolve(output.stdout.split('\n')[0] ?? '');
    });
    child.on('close', () => reject(new Error(`it did not start:\n${output.stderr}`)));
  });
  const summary = JSON.parse(line) as Summary;
  return {
    summary,
    userDir: settings.userDir,
    log: () => output.stderr,
    get: (path, headers = {}) => get(new URL(path, summary.url), headers),
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** As fetch, but it may set Host and Origin. */
export function get(url: URL, headers: Record<string, string>, method = 'GET') {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = httpRequest(url, { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject).end();
  });
}

/** A flow that answers GET `path` with what the function's body makes of `msg`. */
export function endpoint(path: string, body: string, id = path.slice(1)): Record<string, unknown>[] {
  return [
    {
      id: `${id}-in`,
      type: 'http in',
      z: 'tab',
      url: path,
      method: 'get',
      x: 100,
      y: 100,
      wires: [[`${id}-function`]],
    },
    {
      id: `${id}-function`,
      type: 'function',
      z: 'tab',
      name: id,
      func: `${body}\nreturn msg;`,
      outputs: 1,
      x: 200,
      y: 100,
      wires: [[`${id}-out`]],
    },
    { id: `${id}-out`, type: 'http response', z: 'tab', x: 300, y: 100, wires: [] },
  ];
}

export const tab = { id: 'tab', type: 'tab', label: 'Test' };

/** Remembers every error that reaches Catch; GET /caught tells them. */
export const catchAll = [
  { id: 'catch', type: 'catch', z: 'tab', scope: null, uncaught: false, x: 100, y: 200, wires: [['keep']] },
  {
    ...{ id: 'keep', type: 'function', z: 'tab', outputs: 1, x: 200, y: 200, wires: [[]] },
    func: `const all = global.get('caught') ?? []; all.push({ code: msg.error.code, source: msg.error.source.id, message: msg.error.message }); global.set('caught', all);`,
  },
  ...endpoint('/caught', `msg.payload = global.get('caught') ?? [];`),
];
