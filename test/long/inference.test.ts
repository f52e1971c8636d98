/** Months of loading and letting go, in minutes: nothing may stay behind. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, onTestFinished } from 'vitest';
import * as inferConfig from '../../nodes/infer/config.ts';
import infer from '../../nodes/infer/node.ts';
import * as modelConfig from '../../nodes/model/config.ts';
import model from '../../nodes/model/node.ts';
import { systemClock } from '../../runtime/base/index.ts';
import { createInference, type Inference } from '../../runtime/inference/index.ts';
import { type ModelPackage, writePackage } from '../../runtime/models/package/index.ts';
import { openRegistry } from '../../runtime/models/registry/index.ts';
import type { Host, Red } from '../../runtime/node-red/index.ts';
import { createViewHub } from '../../runtime/services/index.ts';
import { softmaxOnnx, temporaryPackages, tinyManifest } from '../runtime/inference/tiny-model.ts';
import { type Message, registerCollectors, startNodeRed, until } from '../support/node-red.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const MB = 1024 * 1024;
/** Cycles. */
const WARM_UP = { compiled: 20_000, native: 6000 } as const;
/** MB that may come and go. */
const FLAT = 20;

/** MB, when all that can be let go of has been. */
async function resident(): Promise<number> {
  for (let turn = 0; turn < 4; turn++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return process.memoryUsage.rss() / MB;
}

async function cycles(inference: Inference, packages: readonly ModelPackage[], count: number) {
  for (let cycle = 0; cycle < count; cycle++) {
    const pkg = packages[cycle % packages.length] as ModelPackage;
    const predictor = await inference.open(pkg);
    expect((await predictor.predict([cycle % 7, 2, 0.5])).payload).toHaveProperty('label');
    await predictor.close();
  }
}

async function somePackages() {
  const packages = await temporaryPackages();
  onTestFinished(() => packages.remove());
  return await Promise.all(['a', 'b', 'c'].map((name) => packages.write({ name })));
}

it.each(['compiled', 'native'] as const)(
  '10,000 times loaded and let go of, a %s model leaves nothing behind',
  async (tier) => {
    const inference = createInference({ clock: systemClock, tier });
    onTestFinished(() => inference.close());
    const packages = await somePackages();
    // Until V8 has given its heap and code the size that they keep: that is late, and flat from then on.
    await cycles(inference, packages, WARM_UP[tier]);
    const before = await resident();
    await cycles(inference, packages, 10_000);
    expect((await resident()) - before).toBeLessThan(FLAT);
  },
);

it('1,000 times deployed, a flow that predicts leaves nothing behind', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await writePackage(join(directory, 'shipped', 'tiny'), { manifest: tinyManifest, onnx: softmaxOnnx() });
  const inference = createInference({ clock: systemClock });
  const models = openRegistry({ layers: [join(directory, 'shipped')], directory: join(directory, 'own') });
  const services = { clock: systemClock, views: createViewHub(), models, inference };
  const sent: Message[] = [];
  const nodeRed = await startNodeRed({
    register: (red: Red) => {
      const host = { services } as unknown as Host;
      model(red, host, modelConfig.palette);
      infer(red, host, inferConfig.palette);
      registerCollectors(red, { sent, caught: [] });
    },
  });
  onTestFinished(async () => {
    await nodeRed.stop();
    await inference.close();
    await models.close();
  });
  const flow = (turn: number) => [
    { id: 'tab', type: 'tab', label: 'flow' },
    { id: 'chosen', type: 'model', name: '', model: 'tiny' },
    {
      id: 'asks',
      type: 'infer',
      z: 'tab',
      x: 1,
      y: 1,
      name: `turn ${turn}`,
      model: 'chosen',
      property: 'payload',
      wires: [['takes']],
    },
    { id: 'takes', type: 'collects-sent', z: 'tab', x: 1, y: 1, wires: [] },
  ];
  const deploy = async (times: number) => {
    for (let turn = 0; turn < times; turn++) {
      await nodeRed.deploy(flow(turn));
      const before = sent.length;
      nodeRed.node('asks').receive({ payload: [turn % 5, 2, 0.5] });
      await until(() => sent.length > before || undefined, 'a prediction');
      sent.length = 0;
    }
  };
  await deploy(200);
  const before = await resident();
  await deploy(1000);
  expect((await resident()) - before).toBeLessThan(FLAT);
});
