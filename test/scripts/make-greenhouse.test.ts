import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../runtime/base/index.ts';
import { createInference, type Inference, type Predictor } from '../../runtime/inference/index.ts';
import { type ModelPackage, readPackage } from '../../runtime/models/package/index.ts';
import { createWindow } from '../../runtime/signal/index.ts';
import { DEEDS, GREENHOUSE_RECIPE, makeGreenhouse } from '../../scripts/make-greenhouse.ts';

const SHIPPED = join(import.meta.dirname, '../../flows/greenhouse/models/greenhouse-keeper');

let pkg: ModelPackage;
let inference: Inference;
let predictor: Predictor;
beforeAll(async () => {
  pkg = await readPackage(SHIPPED);
  inference = createInference({ clock: systemClock });
  predictor = await inference.open(pkg);
});
afterAll(async () => {
  await predictor.close();
  await inference.close();
});

async function deed(temperature: number, humidity: number, light: number, outside: number): Promise<string> {
  const window = createWindow(GREENHOUSE_RECIPE);
  const payload = { temperature, humidity, light, outside };
  const full = [0, 1, 2, 3, 4].map((second) => window.push({ time: second * 1000, payload })).at(-1);
  if (!full) throw new Error('no window after five seconds');
  const prediction = (await predictor.predict(full.payload)).payload;
  return 'label' in prediction ? prediction.label : '';
}

describe('the shipped model greenhouse-keeper', () => {
  it.each([
    ['opens wide in the heat', [30, 50, 40_000, 25], 'open'],
    ['airs when it gets warm', [24.5, 50, 40_000, 18], 'air'],
    ['leaves well alone', [21, 60, 20_000, 15], 'closed'],
    ['heats by day what it leaves cool by night', [16, 60, 20_000, 10], 'heat'],
    ['lets the night be cooler', [16, 60, 2, 10], 'closed'],
    ['heats in a cold night', [12, 60, 2, -5], 'heat'],
    ['airs when leaves get wet', [21, 95, 20_000, 15], 'air'],
    ['lets no frost in for that', [21, 95, 20_000, -5], 'closed'],
  ] as const)('%s', async (_, [temperature, humidity, light, outside], wanted) => {
    expect(await deed(temperature, humidity, light, outside)).toBe(wanted);
  });

  it('is a tree of questions, which is run without ONNX Runtime', () => {
    expect(pkg.manifest.lineage?.trainer?.name).toBe('decision-tree');
    expect(predictor.tier).toBe('compiled');
  });

  it('says how good it is on greenhouses that were held out', () => {
    expect(pkg.manifest.labels).toEqual(DEEDS);
    expect(pkg.manifest.metrics?.accuracy).toBeGreaterThan(0.95);
    expect(pkg.manifest.metrics?.heldOut).toMatch(/^6 of 18 greenhouses/);
    expect(pkg.reference?.names).toEqual(pkg.manifest.inputs[0]?.features);
  });

  it('is what its script makes', { timeout: 120_000 }, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'millrace-greenhouse-'));
    try {
      const made = await makeGreenhouse(join(directory, 'greenhouse-keeper'));
      expect(made.pkg.digest).toBe(pkg.digest);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
