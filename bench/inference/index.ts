/** Models as they run in Millrace beside a plain `session.run` of onnxruntime-node in the same process. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { compile, type CompiledModel, NotCompilable } from '../../runtime/inference/compiled/index.ts';
import { readOnnx, writeOnnx } from '../../runtime/onnx-format/index.ts';
import { type Aim, median, report, type Row } from '../support/report.ts';
import { run as measureFlood } from './flood.ts';
import { run as measureGap } from './gap.ts';
import { type BenchModel, models, seeded } from './models.ts';

const BATCHES = [1, 32, 256];
const ROUNDS = 7;
/** How long each is measured in a round. */
const ROUND_MS = 60;

/** How many times faster than session.run, at batch 1. */
const AIMS: Readonly<Record<string, number>> = {
  'trees 10×5': 10,
  'logistic 12-3': 10,
  'net 16-32-4': 5,
  'forest 100×8': 2,
};
const LARGE = 'net 512-1024-1024-10';

type Run = () => unknown;

/** µs a run, in turn, so that what else the machine does hits both: the median of some rounds each. */
async function measure(runs: readonly Run[]): Promise<number[]> {
  const times: number[][] = runs.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, run] of runs.entries()) {
      const started = performance.now();
      let count = 0;
      do {
        const answer = run();
        if (answer instanceof Promise) await answer;
        count++;
      } while (count % 8 !== 0 || performance.now() - started < ROUND_MS);
      // The first round warms up.
      if (round > 0) times[at]?.push((1000 * (performance.now() - started)) / count);
    }
  }
  return times.map(median);
}

/** Undefined: only ONNX Runtime runs it. */
function compiledOrNot(onnx: Uint8Array): CompiledModel | undefined {
  try {
    return compile(readOnnx(onnx));
  } catch (thrown) {
    if (thrown instanceof NotCompilable) return undefined;
    throw thrown;
  }
}

async function measureModel({ name, model, shape }: BenchModel): Promise<{ rows: Row[]; aims: Aim[] }> {
  const onnx = writeOnnx(model);
  const compiled = compiledOrNot(onnx);
  const session = await InferenceSession.create(onnx, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const rows: Row[] = [];
  const aims: Aim[] = [];
  for (const batch of BATCHES) {
    const random = seeded(batch);
    const dims = [batch, ...shape];
    const data = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => random() * 2 - 1);
    const plain = () => session.run({ x: new Tensor('float32', data, dims) });
    const ours = () => compiled?.run({ x: { type: 'float32', dims, data } });
    const [native = NaN, own = NaN] = await measure(compiled ? [plain, ours] : [plain]);
    const faster = native / own;
    rows.push({
      model: name,
      batch,
      'session.run, µs a row': round(native / batch),
      'compiled, µs a row': compiled ? round(own / batch) : '–',
      'times faster': compiled ? round(faster) : '–',
    });
    if (!compiled) continue;
    const target = batch === 1 ? AIMS[name] : name === LARGE ? undefined : 1 / 1.1;
    if (target === undefined) continue;
    aims.push({
      name: `${name}, batch ${batch}`,
      value: faster,
      unit: '× as fast',
      op: '>=',
      target: Number(target.toFixed(2)),
    });
  }
  await session.release();
  return { rows, aims };
}

const round = (value: number) => Number(value.toPrecision(3));

export async function run(): Promise<void> {
  const measured: Awaited<ReturnType<typeof measureModel>>[] = [];
  for (const model of models) measured.push(await measureModel(model));
  const [gap, flood] = [await measureGap(), await measureFlood()];
  await report(
    'inference',
    measured.flatMap(({ rows }) => rows),
    measured.flatMap(({ aims }) => aims),
  );
  await report('inference-gap', gap.rows, gap.aims);
  await report('inference-flood', flood.rows, flood.aims);
}
