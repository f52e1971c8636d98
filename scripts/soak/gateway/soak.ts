/**
 * A gateway that runs the pump at 100 readings of four channels a second, under its supervisor, uploading to a real broker:
 * whether memory, handles and disk stay flat, and whether anything is lost.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ledger } from '../../../runtime/messages/index.ts';
import type { SoakVerdict } from '../judge.ts';
import { startReceiver } from '../outbox/receiver.ts';
import { type GatewayBooks, openGatewayBooks } from './books.ts';
import { judgeGateway } from './judge.ts';
import { look, type Sample } from './look.ts';
import { trustedBundle } from './trusted-bundle.ts';

const command = resolve(import.meta.dirname, '../../../dist/millrace-studio/runtime/cli/main.js');

/** Between two looks, ms. */
const LOOK = 5_000;
const MINUTE = 60_000;
/** So long what was on its way at the end may take to arrive, ms. */
const PATIENCE = 2 * MINUTE;

export interface GatewaySoakOptions {
  readonly minutes: number;
  readonly progress: (words: string) => void;
}

/** Needs the built product. */
export async function soakGateway({ minutes, progress }: GatewaySoakOptions): Promise<readonly SoakVerdict[]> {
  const place = await mkdtemp(join(tmpdir(), 'millrace-soak-'));
  const userDir = join(place, 'user');
  await mkdir(userDir);
  const books = openGatewayBooks();
  const receiver = await startReceiver(books.arrived);
  let gateway: Gateway | undefined;
  try {
    const { bundle, root } = await trustedBundle(place, receiver.url);
    await millrace(userDir, 'trust', root);
    await millrace(userDir, 'deploy', bundle, '--no-wait');
    gateway = start(userDir);
    const samples: Sample[] = [];
    const begun = performance.now();
    while (performance.now() - begun < minutes * MINUTE) {
      await pause(LOOK);
      gateway.mustRun();
      const sample = await look(userDir, gateway.pid, performance.now() - begun);
      if (!sample) continue;
      samples.push(sample);
      if (samples.length % 12 === 0) progress(`${Math.round(sample.at / MINUTE)} min: ${words(sample)}`);
    }
    await gateway.stop();
    const taken = await takenBy(userDir);
    if (books.missing(taken) > 0) {
      // The last ones were still on their way: the next start brings them.
      gateway = start(userDir);
      await everything(books, taken, gateway);
      await gateway.stop();
    }
    return judgeGateway(samples, books.verdict(taken));
  } finally {
    await gateway?.stop();
    await receiver.close();
    await rm(place, { recursive: true, force: true });
  }
}

/** How many messages *upload* took, by the outbox's own ledger. */
async function takenBy(userDir: string): Promise<number> {
  const text = await readFile(join(userDir, 'millrace/outbox/ledger.json'), 'utf8');
  return ledger.parse(JSON.parse(text)).streams.reduce((sum, { appended }) => sum + appended, 0);
}

/** Waits until everything that was taken has arrived, or for as long as that may take. */
async function everything(books: GatewayBooks, taken: number, gateway: Gateway): Promise<void> {
  const begun = performance.now();
  while (books.missing(taken) > 0 && performance.now() - begun < PATIENCE) {
    await pause(500);
    gateway.mustRun();
  }
}

type Gateway = ReturnType<typeof start>;

/** `millrace gateway start` */
function start(userDir: string) {
  const child = spawn(process.execPath, [command, 'gateway', 'start', '--allow-root', '--user-dir', userDir], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output = `${output}${String(chunk)}`.slice(-4_000)));
  const ended = new Promise((done) => child.on('close', done));
  return {
    pid: child.pid ?? 0,
    /** @throws if it has ended */
    mustRun(): void {
      const { exitCode, signalCode } = child;
      if (exitCode !== null || signalCode !== null)
        throw new Error(`the gateway ended with ${signalCode ?? exitCode}:\n${output}`);
    },
    async stop(): Promise<void> {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** `millrace gateway …`, to its end. */
async function millrace(userDir: string, ...args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [command, 'gateway', ...args, '--user-dir', userDir]);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (output += String(chunk)));
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) throw new Error(`millrace gateway ${args.join(' ')} ended with ${String(code)}:\n${output}`);
}

const pause = (ms: number) => new Promise<void>((done) => void setTimeout(done, ms));

const words = ({ rss, supervisor, handles, disk }: Sample) =>
  `flow ${Math.round(rss / 1e6)} MB, supervisor ${Math.round(supervisor / 1e6)} MB of memory, ` +
  `${handles} handles, ${(disk / 1e6).toFixed(1)} MB on disk`;
