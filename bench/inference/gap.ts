/** How long the event loop stands still while a slow model runs, by a plain `session.run` and through a predictor. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { systemClock } from '../../runtime/base/index.ts';
import { createInference } from '../../runtime/inference/index.ts';
import { sealPackage } from '../../runtime/models/package/index.ts';
import { build, writeOnnx } from '../../runtime/onnx-format/index.ts';
import { type Aim, median, type Row } from '../support/report.ts';
import { seeded } from './models.ts';

const SIZE = 1024;
/** So many layers take about 200 ms. */
const LAYERS = 3000;
const ROUNDS = 5;

/** One row through many layers that share their weights: a small file that takes long. */
function slowModel(): Uint8Array {
  const random = seeded(1);
  const weights = Float32Array.from({ length: SIZE * SIZE }, () => (random() - 0.5) / 16);
  const layers = Array.from({ length: LAYERS }, (_, i) => build.node('MatMul', [`h${i}`, 'W'], [`h${i + 1}`]));
  return writeOnnx(
    build.model({
      name: 'slow',
      nodes: [build.node('Identity', ['x'], ['h0']), ...layers, build.node('Tanh', [`h${LAYERS}`], ['y'])],
      initializers: [build.floatTensor('W', [SIZE, SIZE], weights)],
      inputs: [build.value('x', 'float32', ['rows', SIZE])],
      outputs: [build.value('y', 'float32', ['rows', SIZE])],
    }),
  );
}

/** ms: what it takes, and the longest time between two turns of the event loop meanwhile. */
async function longestGap(work: () => Promise<unknown>): Promise<{ took: number; gap: number }> {
  let [gap, last, running] = [0, performance.now(), true];
  const begun = last;
  const done = work().finally(() => (running = false));
  while (running) {
    await new Promise((resolve) => setImmediate(resolve));
    const now = performance.now();
    gap = Math.max(gap, now - last);
    last = now;
  }
  await done;
  return { took: performance.now() - begun, gap };
}

export async function run(): Promise<{ rows: Row[]; aims: Aim[] }> {
  const onnx = slowModel();
  const data = new Float32Array(SIZE).fill(0.1);
  const session = await InferenceSession.create(onnx, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const inference = createInference({ clock: systemClock });
  const shape = ['rows', SIZE];
  const predictor = await inference.open(
    sealPackage({
      manifest: {
        ...{ name: 'slow', version: '1.0.0', task: 'multi-output', vectors: [] },
        inputs: [{ name: 'x', type: 'float32', shape, kind: 'tensor' }],
        outputs: [{ name: 'y', type: 'float32', shape, role: 'other' }],
      },
      onnx,
    }).pkg,
  );
  const ways: Readonly<Record<string, () => Promise<unknown>>> = {
    'session.run in this process': () => session.run({ x: new Tensor('float32', data, [1, SIZE]) }),
    predictor: () => predictor.predict({ data, shape: [1, SIZE] }),
  };
  const rows: Row[] = [];
  let ours = NaN;
  for (const [what, work] of Object.entries(ways)) {
    await work();
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await longestGap(work));
    ours = median(rounds.map(({ gap }) => gap));
    rows.push({ what, 'takes, ms': fixed(median(rounds.map(({ took }) => took))), 'longest gap, ms': fixed(ours) });
  }
  await predictor.close();
  await inference.close();
  await session.release();
  return { rows, aims: [{ name: 'event loop, longest gap', value: ours, unit: 'ms', op: '<=', target: 5 }] };
}

const fixed = (value: number) => Number(value.toFixed(2));
