import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createDrift, type Watch, type WatchObservation } from '../../../../runtime/drift/index.ts';
import type { ModelPackage } from '../../../../runtime/models/package/index.ts';
import { openRegistry } from '../../../../runtime/models/registry/index.ts';
import { autoregressive } from '../streams.ts';

const models = openRegistry({
  layers: [join(import.meta.dirname, '../../../../flows/pump/models')],
  directory: join(import.meta.dirname, 'no-models-here'),
});
const drift = createDrift({ models, clock: systemClock });

let pump: ModelPackage;
let names: readonly string[];
let rows: readonly Float64Array[];
beforeAll(async () => {
  pump = await models.resolve('pump-health');
  if (!pump.reference) throw new Error('the package has no reference');
  ({ names, rows } = pump.reference);
});

const coded = (code: string) => expect.objectContaining({ code }) as Error;
const identityOf = ({ manifest: { name, version }, digest }: ModelPackage) => ({ name, version, digest });
const featuresAt = (index: number, warmer = 0) =>
  Object.fromEntries(
    names.map((name, i) => [name, (rows[index]?.[i] ?? 0) + (name === 'mean_temperature' ? warmer : 0)]),
  );
let now = 0;
/** A prediction a second, whichever row of the reference it is made of. */
const prediction = (index: number, warmer = 0) => ({
  payload: { label: 'healthy', confidence: 1, scores: { healthy: 1 } },
  features: featuresAt(index, warmer),
  model: identityOf(pump),
  time: (now += 1000),
});

async function feed(watch: Watch, count: number, message: (index: number) => Record<string, unknown>) {
  const seen: WatchObservation[] = [];
  for (let index = 0; index < count; index++) seen.push(...(await watch.observe(message(index))));
  return seen;
}
const states = (seen: readonly WatchObservation[]) => seen.flatMap(({ event }) => event?.state ?? []);

describe('a watch, with no setting touched', () => {
  it('compares predictions with the reference of the model that made them', async () => {
    const watch = drift.watch();
    expect(states(await feed(watch, 200, (index) => prediction(index)))).toEqual([]);
    const seen = await feed(watch, 200, (index) => prediction(index, 15));
    expect(states(seen)).toEqual(['start']);
    const start = seen.find(({ event }) => event);
    expect(start?.model).toEqual(identityOf(pump));
    expect(start?.event?.features.find(({ name }) => name === 'mean_temperature')).toMatchObject({ drifting: true });
  });

  it('compares features that name no model with the shipped example, if they are its features', async () => {
    const seen = await feed(drift.watch(), 60, (index) => ({ payload: featuresAt(index) }));
    expect(seen.at(-1)).toMatchObject({ model: identityOf(pump), summary: { state: 'calm', window: 30 } });
  });

  it('learns from the stream what is no features of a model: numbers, arrays, objects of numbers', async () => {
    const next = autoregressive(1, 0, 2);
    const forms = [
      () => ({ payload: next()[0], topic: 'pressure' }),
      () => ({ payload: [...next()] }),
      () => ({ payload: { a: next()[0], b: next()[1] } }),
    ];
    const expected = [['pressure'], ['0', '1', 'all together'], ['a', 'b', 'all together']];
    for (const [index, form] of forms.entries()) {
      const seen = await feed(drift.watch({ learn: 200 }), 260, form);
      expect(seen[0]?.summary).toMatchObject({ state: 'learning', window: 200 });
      expect(seen.at(-1)?.summary.state).toBe('calm');
      expect(seen.at(-1)?.summary.features.map(({ name }) => name)).toEqual(expected[index]);
      expect(seen.at(-1)).not.toHaveProperty('model');
    }
  });

  it('takes messages in the order in which they came, also those that came while the reference was read', async () => {
    const watch = drift.watch();
    const seen = await Promise.all(Array.from({ length: 30 }, (_, index) => watch.observe(prediction(index))));
    expect(seen.at(-1)?.[0]?.summary).toMatchObject({ state: 'calm', samples: 30 });
  });

  it('ends a drift and begins anew when another version of the model answers', async () => {
    const next = { ...pump, digest: 'f'.repeat(64), manifest: { ...pump.manifest, version: '2.0.0' } };
    const both = {
      resolve: async (reference: string) => (reference === 'pump-health@2.0.0' ? next : models.resolve(reference)),
    };
    const watch = createDrift({ models: both, clock: systemClock }).watch();
    expect(states(await feed(watch, 150, (index) => prediction(index, 15)))).toEqual(['start']);
    const seen = await feed(watch, 60, (index) => ({ ...prediction(index), model: identityOf(next) }));
    expect(states(seen)).toEqual(['end']);
    expect(seen[0]?.model).toEqual(identityOf(pump));
    expect(seen.at(-1)).toMatchObject({ model: identityOf(next), summary: { state: 'calm' } });
  });
});

describe('a watch that hears several models', () => {
  const other = { name: 'pump-health', version: '2.0.0', digest: 'f'.repeat(64) };
  const both = {
    resolve: async (reference: string) =>
      reference === 'pump-health@2.0.0'
        ? { ...pump, digest: other.digest, manifest: { ...pump.manifest, version: other.version } }
        : models.resolve(reference),
  };

  it('refuses one of two that answer by turns, and goes on watching the other', async () => {
    const watch = createDrift({ models: both, clock: systemClock }).watch();
    const refused: unknown[] = [];
    const seen: WatchObservation[] = [];
    for (let index = 0; index < 100; index++) {
      const message = index % 2 === 0 ? prediction(index) : { ...prediction(index), model: other };
      await watch.observe(message).then(
        (observed) => seen.push(...observed),
        (error: unknown) => refused.push(error),
      );
    }
    expect(refused).toHaveLength(49);
    expect(refused[0]).toMatchObject({
      code: 'DRIFT_MODELS_MIXED',
      message: 'this node watches the model "pump-health" 2.0.0, and the model "pump-health" 1.0.0 still sends to it',
    });
    expect(seen.at(-1)).toMatchObject({ model: other, summary: { state: 'calm', samples: 30 } });
  });

  it('follows one that comes back after the other has had a whole window', async () => {
    const watch = createDrift({ models: both, clock: systemClock }).watch();
    await watch.observe(prediction(0));
    await feed(watch, 30, (index) => ({ ...prediction(index), model: other }));
    const seen = await feed(watch, 30, (index) => prediction(index));
    expect(seen.at(-1)).toMatchObject({ model: identityOf(pump), summary: { state: 'calm' } });
  });
});

describe('a watch, as it was set', () => {
  it('uses the chosen model, whoever answered', async () => {
    const watch = drift.watch({ model: pump });
    const seen = await feed(watch, 60, (index) => ({
      ...prediction(index),
      model: { name: 'another', version: '1', digest: 'f'.repeat(64) },
    }));
    expect(seen.at(-1)).toMatchObject({ model: identityOf(pump), summary: { state: 'calm' } });
  });

  it('learns from the stream although the model has a reference', async () => {
    const seen = await feed(drift.watch({ source: 'stream', learn: 150 }), 100, (index) => prediction(index));
    expect(seen.at(-1)?.summary).toMatchObject({ state: 'learning', window: 150 });
  });

  it('finds the features where the property says', async () => {
    const watch = drift.watch({ property: 'payload.measured', learn: 150 });
    const seen = await feed(watch, 20, (index) => ({ payload: { measured: { a: index } } }));
    expect(seen.at(-1)?.summary.state).toBe('learning');
  });
});

describe('a watch, given what it cannot use', () => {
  it('names what is no features, and takes the next message', async () => {
    const watch = drift.watch();
    for (const payload of [undefined, null, '21.5', '', {}, [], { a: '21.5' }]) {
      await expect(watch.observe({ payload })).rejects.toThrow(coded('DRIFT_INPUT'));
    }
    await expect(watch.observe({ payload: { a: 1, b: '21.5' } })).rejects.toThrow(coded('DRIFT_FEATURE_NOT_NUMBER'));
    expect(await watch.observe({ payload: { a: 1 } })).toEqual([]);
  });

  it('refuses the reference of another model that has the same name and version', async () => {
    const watch = drift.watch();
    const forged = { ...prediction(0), model: { ...identityOf(pump), digest: 'f'.repeat(64) } };
    await expect(watch.observe(forged)).rejects.toThrow(coded('REFERENCE_OF_OTHER_MODEL'));
    await expect(watch.observe(prediction(0))).resolves.toEqual([]);
  });

  it('asks again for a model that was missing, but not with every message', async () => {
    let now = 0;
    let asked = 0;
    let there = false;
    const clock = { ...systemClock, monotonic: () => now };
    const sometimes = {
      resolve: async (reference: string) => {
        asked++;
        return models.resolve(there ? reference : 'nowhere');
      },
    };
    const watch = createDrift({ models: sometimes, clock }).watch();
    for (let i = 0; i < 10; i++) await expect(watch.observe(prediction(i))).rejects.toThrow(coded('MODEL_NOT_FOUND'));
    expect(asked).toBe(1);
    there = true;
    now = 10_000;
    await expect(watch.observe(prediction(0))).resolves.toEqual([]);
  });
});
