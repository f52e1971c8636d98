import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../runtime/base/index.ts';
import { createWorld, readChannels, STANDARD_CHANNELS, type WorldChange } from '../../runtime/devices/index.ts';
import { createInference, type Inference, type Predictor } from '../../runtime/inference/index.ts';
import { type ModelPackage, readPackage } from '../../runtime/models/package/index.ts';
import { createWindow } from '../../runtime/signal/index.ts';
import { makePumpHealth } from '../../scripts/make-pump-health.ts';

const SHIPPED = join(import.meta.dirname, '../../flows/pump/models/pump-health');

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

/** The labels that the model gives to the demo's own pump, one window a stride. */
async function labels(change: WorldChange, seconds: number): Promise<string[]> {
  const world = createWorld({ scene: 'pump', seed: 1 });
  world.set(change);
  const window = createWindow({ length: 100, stride: 25 });
  const given: string[] = [];
  for (let sample = 0; sample < (5 + seconds) * 100; sample++) {
    const values = readChannels(world, STANDARD_CHANNELS, sample * 10);
    if (sample < 500) continue;
    const payload = Object.fromEntries(STANDARD_CHANNELS.map(({ name }, index) => [name, values[index] ?? NaN]));
    const full = window.push({ payload, time: sample * 10 });
    if (!full) continue;
    const prediction = (await predictor.predict(full.payload)).payload;
    if ('label' in prediction) given.push(prediction.label);
  }
  return given;
}

const share = (given: readonly string[], label: string) => given.filter((each) => each === label).length / given.length;

describe('the shipped model pump-health', () => {
  it.each([
    ['healthy', {}],
    ['worn bearing', { bearing: 'worn' }],
    ['cavitation', { inlet: 'blocked' }],
  ] as const)('knows the demo pump, which it has never met, when it is %s', async (label, change) => {
    expect(share(await labels(change, 100), label)).toBeGreaterThan(0.9);
  });

  it('is not misled by a thermometer that drifts', async () => {
    expect(share(await labels({ temperatureSensor: 'drifting' }, 100), 'healthy')).toBeGreaterThan(0.9);
    const worn = await labels({ temperatureSensor: 'drifting', bearing: 'worn' }, 100);
    expect(share(worn, 'worn bearing')).toBeGreaterThan(0.9);
  });

  it('carries what drift needs: two thousand rows of a healthy pump in the order of its features', () => {
    expect(pkg.reference?.rows).toHaveLength(2000);
    expect(pkg.reference?.names).toEqual(pkg.manifest.inputs[0]?.features);
    expect(pkg.reference?.names).toContain('mean_temperature');
  });

  it('says how good it is on pumps that were held out', () => {
    expect(pkg.manifest.labels).toEqual(['healthy', 'worn bearing', 'cavitation']);
    expect(pkg.manifest.metrics?.accuracy).toBeGreaterThan(0.95);
    expect(pkg.manifest.metrics?.confusion).toHaveLength(3);
    expect(pkg.manifest.vectors.length).toBeGreaterThan(2);
  });

  it('is what its script makes', { timeout: 120_000 }, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'millrace-pump-'));
    try {
      const made = await makePumpHealth(join(directory, 'pump-health'));
      expect(made.pkg.manifest).toEqual(pkg.manifest);
      expect(made.pkg.digest).toBe(pkg.digest);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
