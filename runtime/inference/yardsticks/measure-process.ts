/** Measures one way of running models, in a process of its own: what is loaded may end the process, and memory is told apart. */
import { checkRunnable, readOnnx } from '../../onnx-format/index.ts';
import { DEAREST, LARGEST } from '../compile-model.ts';
import { compile } from '../compiled/index.ts';
import { chooseTier } from '../tiers/choose.ts';
import type { Tensors, Tier } from '../tiers/tier.ts';
import type { MeasureAnswer, MeasureRequest, ModelMeasure } from './protocol.ts';
import { yardsticks } from './models.ts';
import { timeOf } from './time-of.ts';

type Model = MeasureRequest['models'][number];

process.once('message', (request) => void answer(request as MeasureRequest));

async function answer({ tier: name, models }: MeasureRequest): Promise<void> {
  const before = process.memoryUsage.rss();
  const reply: MeasureAnswer = await (name === 'compiled' ? Promise.resolve(undefined) : loaded(name)).then(
    async (tier) => {
      // Much of a library is loaded only with its first model.
      const first = yardsticks().slice(0, 1);
      for (const model of first) await measureOne(model, tier);
      const bytes = grownSince(before);
      const measured: ModelMeasure[] = [];
      for (const model of models) measured.push(await measureOne(model, tier));
      return { works: true, bytes, models: measured };
    },
    (thrown: unknown) => ({ works: false, reason: reasonOf(thrown) }),
  );
  process.send?.(reply, () => process.exit(0));
}

const loaded = async (name: MeasureRequest['tier']) => (await chooseTier(name)).tier;

async function measureOne(model: Model, tier: Tier | undefined): Promise<ModelMeasure> {
  const { name, onnx, feeds } = model;
  const before = process.memoryUsage.rss();
  try {
    const graph = readOnnx(onnx);
    checkRunnable(graph);
    const run = tier ? await session(tier, onnx) : compiled(onnx);
    await run(feeds);
    const bytes = grownSince(before);
    return { name, bytes, micro: await timeOf(() => run(feeds)) };
  } catch (thrown) {
    return { name, reason: reasonOf(thrown) };
  }
}

/** It is released with the process. */
async function session(tier: Tier, onnx: Uint8Array) {
  const { run } = await tier.create(onnx);
  return (feeds: Tensors) => run(feeds);
}

function compiled(onnx: Uint8Array) {
  if (onnx.length > LARGEST) throw new Error('it is too large to be compiled');
  const model = compile(readOnnx(onnx));
  if (model.cost > DEAREST) throw new Error('its arithmetic is too much for JavaScript');
  return (feeds: Tensors) => model.run(feeds);
}

const grownSince = (before: number) => Math.max(0, process.memoryUsage.rss() - before);
const reasonOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));
