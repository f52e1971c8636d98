/**
 * A gateway beside a plain headless Node-RED that loads the same core nodes and does as much by hand: start, first prediction,
 * memory; how much a redeploy sends, and what an installation takes. In turn, in one run. The flow's process is started as the
 * supervisor starts it: on a signed bundle, with the root that the gateway pinned.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { unpackBundle } from '../../runtime/bundle/index.ts';
import { openRegistry } from '../../runtime/models/registry/index.ts';
import { gatewayPaths } from '../../runtime/rollout/index.ts';
import { flowEnvironment } from '../../runtime/rollout/supervisor/flow-process.ts';
import { unusedCoreNodes } from '../../runtime/server/index.ts';
import { heapOptions, memoryCeiling } from '../../runtime/workers/index.ts';
import { median, report, type Row } from '../support/report.ts';
import { MODELS, OTHER_MODEL, OTHER_MODELS, packPump, plainFlow, pumpFlow } from './flows.ts';
import { installSize } from './install-size.ts';
import { residentMegabytes } from './resident.ts';
import { wholeGateway } from './whole-gateway.ts';

const command = resolve(import.meta.dirname, '../../dist/millrace-studio/runtime/cli/main.js');
const RUNS = 5;
/** Left to run before memory is read: what the start left behind is gone, windows and predictions flow. */
const SETTLE = 8_000;

interface Measured {
  /** ms from spawn to flows running, and to the first prediction */
  readonly start: number;
  readonly predicted: number;
  /** MB resident */
  readonly rss: number;
}

export async function run(): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'millrace-bench-'));
  const layers = [MODELS, OTHER_MODELS];
  const models = openRegistry({ layers, directory: join(scratch, 'models'), follow: false });
  const gateway = await wholeGateway(scratch, command);
  try {
    const flow = await pumpFlow();
    const pump = await packPump(flow, models);
    const folder = join(scratch, 'pump');
    await writeFile(`${folder}.mrb`, await gateway.sign(pump));
    await unpackBundle(`${folder}.mrb`, folder);

    const nodes = dirname(createRequire(import.meta.url).resolve('@node-red/nodes/package.json'));
    const excluded = (await unusedCoreNodes(nodes, flow)).join(',');
    const ceiling = memoryCeiling();
    const bundle = (userDir: string) => [
      ...heapOptions(ceiling),
      ...[command, 'run', folder, '--supervised', pump.digest, '--allow-root', '--user-dir', userDir],
      ...['--max-memory', String(Math.floor(ceiling / 1e6))],
    ];
    const { root } = gateway;
    // As a gateway that has run the flow once.
    const env = flowEnvironment(join(scratch, 'compiled'));
    const candidates: Record<string, Candidate> = {
      'plain Node-RED, headless': { args: (userDir) => [join(import.meta.dirname, 'plain.js'), userDir, excluded] },
      'bundle, compiled model': { args: bundle, root, env },
      'bundle, ONNX Runtime': { args: bundle, root, env: { ...env, MILLRACE_TIER: 'native' } },
    };
    const measured = new Map<string, Measured[]>();
    for (let round = -1; round < RUNS; round++) {
      for (const [name, candidate] of Object.entries(candidates)) {
        const one = await measure(candidate);
        // The first round only fills the caches.
        if (round >= 0) measured.set(name, [...(measured.get(name) ?? []), one]);
      }
    }
    const of = (name: string, what: keyof Measured) => median((measured.get(name) ?? []).map((each) => each[what]));
    const ratio = (name: string, what: keyof Measured) =>
      median(
        (measured.get(name) ?? []).map(
          (each, i) => each[what] / (measured.get('plain Node-RED, headless')?.[i]?.[what] ?? NaN),
        ),
      );
    const rows: Row[] = Object.keys(candidates).map((name) => ({
      name,
      'start, ms': Math.round(of(name, 'start')),
      'first prediction, ms': Math.round(of(name, 'predicted')),
      'RSS, MB': Math.round(of(name, 'rss')),
    }));

    const { bytes, supervisor } = await gateway.deploy({
      'first deploy': pump,
      'one wire changed': await packPump(
        flow.map((node) => (node.id === 'said' ? { ...node, wires: [['pump-led']] } : node)),
        models,
      ),
      'another model': await packPump(
        flow.map((node) => (node.type === 'model' ? { ...node, model: OTHER_MODEL } : node)),
        models,
      ),
    });
    rows.push({ name: 'supervisor beside it', 'RSS, MB': Math.round(supervisor) });
    const wire = Object.entries(bytes).map(([name, sent]) => ({ name, 'kB on the wire': round1(sent / 1e3) }));
    console.table(rows);
    console.table(wire);
    const size = await installSize();
    console.table(size.rows);
    const compiled = 'bundle, compiled model';
    await report('gateway', { processes: rows, wire, 'install size': size.rows }, [
      { name: 'start', value: ratio(compiled, 'start'), unit: '× plain', op: '<=', target: 1.3 },
      { name: 'first prediction', value: ratio(compiled, 'predicted'), unit: '× plain', op: '<=', target: 1.3 },
      { name: 'memory, compiled', value: of(compiled, 'rss'), unit: 'MB', op: '<=', target: 160 },
      { name: 'memory, ONNX Runtime', value: of('bundle, ONNX Runtime', 'rss'), unit: 'MB', op: '<=', target: 200 },
      { name: 'one wire changed', value: (bytes['one wire changed'] ?? NaN) / 1e3, unit: 'kB', op: '<=', target: 20 },
      ...size.aims,
    ]);
  } finally {
    await gateway.close();
    await models.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Candidate {
  readonly args: (userDir: string) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Pinned in the user directory; then there is a channel, as to a supervisor. */
  readonly root?: string;
}

const round1 = (value: number) => Math.round(value * 10) / 10;

async function measure({ args, env, root }: Candidate): Promise<Measured> {
  const userDir = await mkdtemp(join(tmpdir(), 'millrace-bench-'));
  await writeFile(join(userDir, 'flows.json'), JSON.stringify(plainFlow()));
  const paths = gatewayPaths(userDir);
  if (root !== undefined) {
    await mkdir(paths.directory);
    await writeFile(paths.root, root);
  }
  const begun = performance.now();
  const child = spawn(process.execPath, [...args(userDir)], {
    stdio: ['ignore', 'pipe', 'pipe', ...(root === undefined ? [] : (['ipc'] as const))],
    serialization: 'advanced',
    env: { ...process.env, ...env },
  });
  let output = '';
  const saying = (text: string) =>
    new Promise<number>((resolve, reject) => {
      const look = () => output.includes(text) && resolve(performance.now() - begun);
      child.stdout?.on('data', look);
      child.stderr?.on('data', look);
      child.once('exit', (code) => reject(new Error(`ended with ${code} before "${text}":\n${output}`)));
    });
  const keep = (chunk: Buffer) => (output += String(chunk));
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ended = new Promise((done) => child.on('exit', done));
  try {
    const [start, predicted] = await Promise.all([saying(' runs: '), saying('first prediction')]);
    await new Promise((done) => setTimeout(done, SETTLE));
    return { start, predicted, rss: await residentMegabytes(child.pid) };
  } finally {
    child.kill('SIGTERM');
    await ended;
    await rm(userDir, { recursive: true, force: true });
  }
}
