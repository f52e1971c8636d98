import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createDrift, createMonitor, type Watch, type WatchObservation } from '../../../../runtime/drift/index.ts';
import type { PredictionPayload } from '../../../../runtime/messages/index.ts';
import type { ModelPackage } from '../../../../runtime/models/package/index.ts';
import { seededRandom } from '../../../../runtime/numerics/index.ts';
import { coded, eventsOf, feed, type Message, models } from './support.ts';

const NAMES = ['load', 'pressure', 'temperature'];
let random = seededRandom(1);
const features = () => Object.fromEntries(NAMES.map((name) => [name, random() + random() + random()]));

/** A model of three features, whose reference is what the messages here show. */
let small: ModelPackage;
beforeAll(async () => {
  random = seededRandom(1);
  const pump = await models.resolve('pump-health');
  const rows = Array.from({ length: 2000 }, () => Float64Array.from(Object.values(features())));
  small = { ...pump, digest: 'small', reference: { names: NAMES, rows } };
});
const identity = () => ({ name: small.manifest.name, version: small.manifest.version, digest: 'small' });
const label = (sure: number): PredictionPayload => ({ label: 'healthy', confidence: sure, scores: { healthy: sure } });

type Predict = (_: ModelPackage, rows: readonly Float64Array[]) => Promise<readonly PredictionPayload[]>;
function watched(settings: Parameters<ReturnType<typeof createDrift>['watch']>[0] = {}, predict?: Predict) {
  const found = { resolve: async () => small };
  const drift = createDrift({ models: found, clock: systemClock, ...(predict && { predict }) });
  const late: WatchObservation[] = [];
  const watch = drift.watch(settings, { id: 'n1', name: 'n1', heard: (seen) => late.push(seen) });
  return { drift, watch, late };
}

const codesOf = async (watch: Watch, messages: readonly Message[]): Promise<string[]> => {
  const codes: string[] = [];
  for (const message of messages) {
    await watch.observe(message).catch((error: { code: string }) => codes.push(error.code));
  }
  return codes;
};

describe('answers that do not fit', () => {
  it('are counted while the model is still asked, and nothing else comes to harm', async () => {
    const answer: Predict = async (_, rows) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return rows.map(() => label(random()));
    };
    const { drift, watch } = watched({}, answer);
    const messages = Array.from({ length: 40 }, (_, index): Message => ({
      ...{ payload: index % 2 === 0 ? label(random()) : { value: 3 }, features: features() },
      ...{ model: identity(), time: 1000 * index },
    }));
    expect(await codesOf(watch, messages)).toEqual([]);
    await expect
      .poll(async () => (await drift.picture('n1')).counts)
      .toContainEqual({ what: 'answers that could not be compared', count: 20 });
  });

  it('are refused by name where these settings cannot watch them, and the features are compared all the same', async () => {
    // As many rows as a window of this size needs, the reference has; a course that is learned has not.
    const { drift, watch } = watched({ window: 500, learn: 1000 }, async (_, rows) => rows.map(() => label(1)));
    let index = 0;
    const message = (): Message => {
      index++;
      return { payload: { value: index }, features: features(), model: identity(), time: 1000 * index };
    };
    expect(await codesOf(watch, [message()])).toEqual([]);
    // The model has answered to its reference: now it is known.
    await expect.poll(() => codesOf(watch, [message()])).toEqual(['REFERENCE_TOO_SHORT']);
    const codes = await codesOf(watch, Array.from({ length: 520 }, message));
    expect(new Set(codes)).toEqual(new Set(['REFERENCE_TOO_SHORT']));
    expect(await drift.picture('n1')).toMatchObject({ state: 'calm', samples: 500 });
  });

  it('do not take with them what the features of the same message have led to', async () => {
    const { watch, late } = watched();
    const message = (index: number, off: number, payload: PredictionPayload): Message => ({
      ...{ payload, model: identity(), time: 1000 * index },
      features: Object.fromEntries(Object.entries(features()).map(([name, value]) => [name, value + off])),
    });
    for (let i = 0; i < 100; i++) await watch.observe(message(i, 0, label(random())));
    const codes = await codesOf(
      watch,
      Array.from({ length: 100 }, (_, i) => message(100 + i, 9, { value: 3 })),
    );
    expect(new Set(codes)).toEqual(new Set(['DRIFT_FEATURES_MISSING']));
    expect(eventsOf(late)).toContain('data start');
  });
});

describe('values that do not fit', () => {
  it('are left out of a message of several rows, and the other rows are taken', async () => {
    const { drift, watch } = watched();
    const rows = Array.from({ length: 60 }, (_, index) => (index === 3 ? { ...features(), load: 'x' } : features()));
    await expect(watch.observe({ payload: rows, model: identity() })).rejects.toThrow(
      coded('DRIFT_FEATURE_NOT_NUMBER'),
    );
    expect(await drift.picture('n1')).toMatchObject({ state: 'calm', samples: 30 });
  });

  it('are named whatever they are', async () => {
    const { watch } = watched({ source: 'stream' });
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    for (const payload of [1n, loop, '', [], {}, null]) {
      await expect(watch.observe({ payload })).rejects.toThrow(coded('DRIFT_INPUT'));
    }
    const window = { channels: ['a'], shape: [1, 1], data: [1], start: 0, rate: 1 };
    await expect(watch.observe({ payload: window, gapsAt: [null] })).resolves.toBeDefined();
  });

  it('may have the names of what every object has', async () => {
    const { drift, watch } = watched({ source: 'stream', learn: 100 });
    const message = (): Message => ({
      payload: JSON.parse(
        `{"__proto__":${random()},"constructor":${random()},"toString":"${random() < 0.5}"}`,
      ) as object,
    });
    await feed(watch, Array.from({ length: 200 }, message));
    const { state, features: found } = await drift.picture('n1');
    expect(state).toBe('calm');
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(['__proto__', 'constructor', 'toString']));
  });
});

describe('a sensor that falls out', () => {
  it('is a fault and no drift, neither of its own nor of all together', async () => {
    const { watch, late } = watched();
    const seen = await feed(
      watch,
      Array.from({ length: 1200 }, (_, index): Message => {
        const { temperature, ...others } = features();
        return { payload: index < 200 ? { ...others, temperature } : others, model: identity(), time: 1000 * index };
      }),
    );
    expect(eventsOf([...seen, ...late])).toEqual(['fault start']);
  });
});

describe('rows that come many at a time', () => {
  it('are no silence between them, and their rate is known', async () => {
    const { drift, watch, late } = watched();
    const seen = await feed(
      watch,
      Array.from({ length: 120 }, (_, index): Message => ({
        ...{ payload: Array.from({ length: 30 }, features), model: identity(), time: 1e12 + 60_000 * index },
      })),
    );
    expect(eventsOf([...seen, ...late])).toEqual([]);
    // A window of 30 rows a minute.
    const { promised = 0, promisedMs = 0 } = (await drift.picture('n1')).promise ?? {};
    expect(promisedMs / promised / 60_000).toBeCloseTo(1, 0);
  });
});

describe('a state that was damaged', () => {
  it('is not gone on from, and what comes is watched', async () => {
    const rows = Array.from({ length: 500 }, () => Float64Array.from(Object.values(features())));
    const reference = { names: NAMES, rows };
    const monitor = createMonitor({ reference });
    for (let i = 0; i < 100; i++) monitor.observe(features(), 1000 * i);
    const saved = monitor.save() as Record<string, unknown>;
    for (const watching of [{ comparison: {} }, { comparison: { watched: 3, recent: null } }]) {
      const other = createMonitor({ reference, saved: { ...saved, watching } });
      for (let i = 0; i < 100; i++) other.observe(features(), 1000 * i);
      expect(other.summary).toMatchObject({ state: 'calm', samples: 30 });
      expect(other.picture().counts).toContainEqual({ what: 'states that were damaged', count: 1 });
    }
  });
});
