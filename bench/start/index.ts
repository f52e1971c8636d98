/**
 * Time from process start to flows running, and memory, of the studio and of a headless gateway with the pump running,
 * beside plain embedded Node-RED with as many core nodes and an empty flow. In turn, in one run.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { unusedCoreNodes } from '../../runtime/server/index.ts';
import { median, report } from '../support/report.ts';

const root = resolve(import.meta.dirname, '../..');
const command = join(root, 'dist/millrace-studio/runtime/cli/main.js');
const plain = join(import.meta.dirname, 'plain.js');
const pump = join(root, 'flows/pump/flow.json');

const RUNS = 5;
/** The pump is left to run before memory is read: the model is loaded, windows and predictions flow. */
const SETTLE = 6_000;

interface Measured {
  /** ms from spawn to flows running */
  readonly start: number;
  /** MB resident, all threads of the process */
  readonly rss: number;
}

type Candidate = (userDir: string) => readonly string[];

export async function run(): Promise<void> {
  const nodes = dirname(createRequire(import.meta.url).resolve('@node-red/nodes/package.json'));
  const flow = JSON.parse(await readFile(pump, 'utf8')) as Parameters<typeof unusedCoreNodes>[1];
  const excluded = (await unusedCoreNodes(nodes, flow)).join(',');
  const candidates: Record<string, Candidate> = {
    'plain Node-RED': (userDir) => [plain, userDir],
    studio: (userDir) => [command, 'start', '--port', '0', '--user-dir', userDir],
    'plain Node-RED, headless': (userDir) => [plain, userDir, 'headless', excluded],
    headless: (userDir) => [command, 'start', '--headless', '--port', '0', '--user-dir', userDir],
  };
  const measured = new Map<string, Measured[]>();
  for (let round = -1; round < RUNS; round++) {
    for (const [name, candidate] of Object.entries(candidates)) {
      const one = await measure(candidate);
      // The first round only fills the file system's caches.
      if (round >= 0) measured.set(name, [...(measured.get(name) ?? []), one]);
    }
  }
  const of = (name: string, what: keyof Measured) => median((measured.get(name) ?? []).map((each) => each[what]));
  const rows = Object.keys(candidates).map((name) => ({
    name,
    'start, ms': Math.round(of(name, 'start')),
    'RSS, MB': Math.round(of(name, 'rss')),
  }));
  const ratio = (ours: string, theirs: string) =>
    median((measured.get(ours) ?? []).map(({ start }, i) => start / (measured.get(theirs)?.[i]?.start ?? NaN)));
  const more = (ours: string, theirs: string) => of(ours, 'rss') - of(theirs, 'rss');
  const aims = [
    ['studio', 'plain Node-RED'],
    ['headless', 'plain Node-RED, headless'],
  ] as const;
  await report(
    'start',
    rows,
    aims.flatMap(([ours, theirs]) => [
      { name: `${ours} start`, value: ratio(ours, theirs), unit: '× plain', op: '<=' as const, target: 1.5 },
      { name: `${ours} memory`, value: more(ours, theirs), unit: 'MB more than plain', op: '<=' as const, target: 90 },
    ]),
  );
}

async function measure(candidate: Candidate): Promise<Measured> {
  const userDir = await mkdtemp(join(tmpdir(), 'millrace-bench-'));
  const started = performance.now();
  const child = spawn(process.execPath, [...candidate(userDir)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => child.on('exit', done));
  await new Promise<void>((done, fail) => {
    child.stdout.once('data', () => done());
    child.once('exit', (code) => fail(new Error(`ended with ${code} before its flows ran`)));
  });
  const start = performance.now() - started;
  child.stdout.resume();
  await new Promise((done) => setTimeout(done, SETTLE));
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  const rss = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  child.kill('SIGTERM');
  await ended;
  await rm(userDir, { recursive: true, force: true });
  return { start, rss };
}
