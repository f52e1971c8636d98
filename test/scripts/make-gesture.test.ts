import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../runtime/base/index.ts';
import { createWorld } from '../../runtime/devices/index.ts';
import { createInference, type Inference, type Predictor } from '../../runtime/inference/index.ts';
import { type ModelPackage, readPackage } from '../../runtime/models/package/index.ts';
import { createWindow } from '../../runtime/signal/index.ts';
import { GESTURE_RECIPE, GESTURES, makeGesture, readAxes } from '../../scripts/make-gesture.ts';

const SHIPPED = join(import.meta.dirname, '../../flows/gesture/models/wrist-gestures');

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

/** The labels that the model gives to a person whom it has never met, from three seconds after the gesture began. */
async function labels(seed: number, change: object): Promise<string[]> {
  const world = createWorld({ scene: 'wrist', seed });
  world.set(change);
  const window = createWindow(GESTURE_RECIPE);
  const given: string[] = [];
  for (let time = 0; time < 30_000; time += 20) {
    const payload = readAxes(world, time);
    const full = time < 3000 ? undefined : window.push({ payload, time });
    if (!full) continue;
    const prediction = (await predictor.predict(full.payload)).payload;
    if ('label' in prediction) given.push(prediction.label);
  }
  return given;
}

const share = (given: readonly string[], label: string) => given.filter((each) => each === label).length / given.length;

describe('the shipped model wrist-gestures', () => {
  it.each(GESTURES)('knows a %s of persons whom it has never met', async (gesture) => {
    for (const seed of [1, 2, 3]) expect(share(await labels(seed, { gesture }), gesture)).toBeGreaterThan(0.9);
  });

  it.each([
    ['slowly', { tempo: 65 }],
    ['quickly', { tempo: 150 }],
    ['gently', { strength: 60 }],
    ['with the arm raised', { arm: 50 }],
  ] as const)('knows them when they are done %s', async (_, manner) => {
    for (const gesture of GESTURES) {
      expect(share(await labels(1, { gesture, ...manner }), gesture)).toBeGreaterThan(0.9);
    }
  });

  it('says how good it is on persons who were held out', () => {
    expect(pkg.manifest.labels).toEqual(GESTURES);
    expect(pkg.manifest.metrics?.accuracy).toBeGreaterThan(0.95);
    expect(pkg.manifest.metrics?.heldOut).toMatch(/^6 of 18 persons/);
    expect(pkg.reference?.names).toEqual(pkg.manifest.inputs[0]?.features);
  });

  it('is what its script makes', { timeout: 120_000 }, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'millrace-gesture-'));
    try {
      const made = await makeGesture(join(directory, 'wrist-gestures'));
      expect(made.pkg.digest).toBe(pkg.digest);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
