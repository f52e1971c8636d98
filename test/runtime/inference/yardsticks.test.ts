import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { compile } from '../../../runtime/inference/compiled/index.ts';
import { measureModels, measureTiers } from '../../../runtime/inference/index.ts';
import { DENSE_COST, yardsticks } from '../../../runtime/inference/yardsticks/models.ts';
import { chooseTier } from '../../../runtime/inference/tiers/choose.ts';
import { readOnnx } from '../../../runtime/onnx-format/index.ts';
import { plainValues } from '../../../runtime/inference/tensor.ts';
import { slowModel, temporaryPackages } from './tiny-model.ts';

async function packages() {
  const made = await temporaryPackages();
  onTestFinished(() => made.remove());
  return made;
}

it('measures with two models that every way runs alike', async () => {
  const { tier } = await chooseTier('wasm');
  for (const { name, onnx, feeds } of yardsticks()) {
    const compiled = compile(readOnnx(onnx));
    const session = await tier.create(onnx);
    const [ours, theirs] = [compiled.run(feeds)['y'], (await session.run(feeds))['y']];
    await session.release();
    if (!ours || !theirs) throw new Error(`${name} answers nothing`);
    const reference = plainValues(theirs).map(Number);
    plainValues(ours).forEach((value, i) => expect(value).toBeCloseTo(reference[i] ?? NaN, 4));
    if (name === 'dense') expect(compiled.cost).toBeGreaterThanOrEqual(DENSE_COST);
  }
});

it('says of each way whether it works here, how quick it is, and what memory it takes', async () => {
  const tiers = await measureTiers();
  for (const tier of ['compiled', 'native', 'wasm'] as const) {
    expect(tiers[tier]).toMatchObject({ works: true });
    expect(tiers[tier].micro?.dense).toBeGreaterThan(0);
    expect(tiers[tier].micro?.trees).toBeGreaterThan(0);
  }
}, 60_000);

it('survives a library that ends the process, and says how it ended', async () => {
  const made = await packages();
  const program = join(made.directory, 'dying.mjs');
  await writeFile(program, `process.once('message', () => process.kill(process.pid, 'SIGILL'));`);
  const { native } = await measureTiers(program);
  expect(native).toMatchObject({ works: false, ended: true, reason: expect.stringContaining('SIGILL') as string });
}, 60_000);

it('measures a model by every way that runs it, and by no other', async () => {
  const made = await packages();
  const tiny = await made.write();
  const slow = await made.write(...slowModel(20));
  const [small, large] = await measureModels([tiny, slow]);
  expect(small).toMatchObject({ name: 'tiny', digest: tiny.digest });
  expect(Object.keys(small?.tiers ?? {}).sort()).toEqual(['compiled', 'native', 'wasm']);
  expect(Object.keys(large?.tiers ?? {}).sort()).toEqual(['native', 'wasm']);
  expect(large?.tiers.native?.micro).toBeGreaterThan(small?.tiers.native?.micro ?? Infinity);
}, 120_000);
