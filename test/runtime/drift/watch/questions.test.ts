import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createDrift, type WatchObservation } from '../../../../runtime/drift/index.ts';
import type { PredictionPayload } from '../../../../runtime/messages/index.ts';
import type { ModelPackage } from '../../../../runtime/models/package/index.ts';
import { seededRandom } from '../../../../runtime/numerics/index.ts';
import { coded, eventsOf, feed, type Message, models } from './support.ts';

let pump: ModelPackage;
beforeAll(async () => {
  pump = await models.resolve('pump-health');
});
const identity = () => ({ name: pump.manifest.name, version: pump.manifest.version, digest: pump.digest });

/** What the model would answer: mostly healthy, now and then something else, as sure as a coin says. */
const answers = (seed: number) => {
  const random = seededRandom(seed);
  return (ill = 0.1): PredictionPayload => {
    const label = random() < ill ? 'worn bearing' : 'healthy';
    const confidence = 0.7 + 0.3 * random();
    return { label, confidence, scores: { [label]: confidence } };
  };
};

describe('the question what the model answers', () => {
  it('is held against its answers to its own reference, asked once however many nodes ask', async () => {
    let asked = 0;
    const healthy = answers(1);
    const predict = async (_: ModelPackage, rows: readonly Float64Array[]) => {
      asked++;
      return rows.map(() => healthy());
    };
    const drift = createDrift({ models, clock: systemClock, predict });
    const late: WatchObservation[] = [];
    const watches = ['n1', 'n2'].map((id) => drift.watch({}, { id, name: id, heard: (seen) => late.push(seen) }));
    const next = answers(2);
    const message = (index: number, ill?: number): Message => ({
      ...{ payload: next(ill), model: identity(), time: 1000 * index },
    });
    for (const watch of watches) {
      const calm = await feed(
        watch,
        Array.from({ length: 300 }, (_, index) => message(index)),
      );
      expect(eventsOf([...calm, ...late])).toEqual([]);
      const seen = await feed(
        watch,
        Array.from({ length: 200 }, (_, index) => message(300 + index, 0.9)),
      );
      expect(eventsOf(seen)).toEqual(['prediction start']);
      const start = seen.find(({ event }) => event);
      expect(start?.event?.features[0]).toMatchObject({ name: 'label', drifting: true });
      expect(start?.event?.words).toMatch(/^what the model answers: /);
      expect(start?.summary.features.map(({ kind }) => kind)).toContain('prediction');
    }
    expect(asked).toBe(1);
  });

  it('is asked of how the answers begin, where the model cannot be asked', async () => {
    const predict = async () => Promise.reject(new Error('it does not run here'));
    const watch = createDrift({ models, clock: systemClock, predict }).watch({ learn: 200 });
    const next = answers(3);
    const messages = Array.from({ length: 400 }, (_, index) => ({
      ...{ payload: next(index < 300 ? 0.1 : 0.9), model: identity(), time: 1000 * index },
    }));
    expect(eventsOf(await feed(watch, messages))).toEqual(['prediction start']);
  });
});

describe('categories and windows', () => {
  it('tells when categories come more often, and when one comes that the reference does not know', async () => {
    const random = seededRandom(5);
    const rows = (count: number, mode: (r: number) => string, from = 0) =>
      Array.from({ length: count }, (_, index) => ({
        payload: { mode: mode(random()), speed: random() },
        time: 1000 * (from + index),
      }));
    const usual = (r: number) => (r < 0.7 ? 'eco' : 'boost');
    const drift = createDrift({ models, clock: systemClock });
    const more = drift.watch({ learn: 500 });
    expect(eventsOf(await feed(more, rows(800, usual)))).toEqual([]);
    const seen = await feed(
      more,
      rows(100, (r) => (r < 0.1 ? 'eco' : 'boost'), 800),
    );
    expect(eventsOf(seen)).toEqual(['data start']);
    expect(seen.find(({ event }) => event)?.event?.features[0]).toMatchObject({ name: 'mode', drifting: true });
    const fresh = drift.watch({ learn: 500 });
    await feed(fresh, rows(800, usual));
    const unknown = await feed(
      fresh,
      rows(100, () => 'service', 800),
    );
    expect(eventsOf(unknown)).toEqual(['data start']);
  });

  it('takes each sample of a window as a row, and a stream of single categories', async () => {
    const random = seededRandom(6);
    const drift = createDrift({ models, clock: systemClock });
    const window = (index: number) => ({
      payload: {
        ...{ channels: ['x', 'y'], rate: 100, start: 1000 * index, shape: [100, 2] },
        data: Float32Array.from({ length: 200 }, () => random()),
      },
    });
    const seen = await feed(
      drift.watch({ learn: 300 }),
      Array.from({ length: 10 }, (_, index) => window(index)),
    );
    expect(seen.at(-1)?.summary).toMatchObject({ state: 'calm', samples: 30 });
    expect(seen.at(-1)?.summary.features.map(({ name }) => name)).toEqual(expect.arrayContaining(['x', 'y']));
    const doors = drift.watch({ learn: 150 });
    const door = (index: number) => ({ topic: 'door', payload: random() < 0.5 ? 'open' : 'shut', time: 1000 * index });
    const told = await feed(
      doors,
      Array.from({ length: 250 }, (_, index) => door(index)),
    );
    expect(told.at(-1)?.summary).toMatchObject({ state: 'calm', features: [{ name: 'door' }] });
  });
});

describe('broken sensors', () => {
  const rows = (count: number, from: number, value: () => unknown) =>
    Array.from({ length: count }, (_, index) => ({
      payload: { t: value(), p: value2() },
      time: 1000 * (from + index),
    }));
  const random = seededRandom(8);
  const value2 = () => random();
  const healthy = () => 20 + random();

  it('are named, and told when they work again; their values are no drift', async () => {
    const watch = createDrift({ models, clock: systemClock }).watch({ learn: 1000 });
    await feed(watch, rows(2500, 0, healthy));
    const broken = await feed(
      watch,
      rows(120, 2500, () => 20.5),
    );
    expect(eventsOf(broken)).toEqual(['fault start']);
    const { event, summary } = broken.find((seen) => seen.event) ?? {};
    expect(event).toMatchObject({ kind: 'fault', features: [{ name: 't', statistic: 'stuck', drifting: true }] });
    expect(event?.words).toContain('t');
    expect(summary?.features[0]).toMatchObject({ kind: 'fault', name: 't' });
    expect(eventsOf(await feed(watch, rows(120, 2620, healthy)))).toEqual(['fault end']);
  });

  it('may be all that is asked about: then nothing is learned or compared', async () => {
    const questions = { data: false, prediction: false, performance: false };
    const watch = createDrift({ models, clock: systemClock }).watch({ questions });
    const seen = await feed(watch, rows(2500, 0, healthy));
    expect(seen.at(-1)?.summary).toMatchObject({ state: 'calm', samples: 30, features: [] });
    expect(
      eventsOf(
        await feed(
          watch,
          rows(120, 2500, () => 20.5),
        ),
      ),
    ).toEqual(['fault start']);
  });

  it('that deliver nothing any more are a dropout, and no drift; the others are watched on', async () => {
    const watch = createDrift({ models, clock: systemClock }).watch({ learn: 1000 });
    await feed(watch, rows(2500, 0, healthy));
    const broken = await feed(
      watch,
      rows(120, 2500, () => undefined),
    );
    expect(eventsOf(broken)).toEqual(['fault start']);
    expect(broken.find(({ event }) => event)?.event?.features[0]).toMatchObject({ name: 't', statistic: 'dropout' });
    expect(broken.at(-1)?.summary.state).toBe('calm');
  });
});

describe('what is told of, and done, when asked', () => {
  const random = seededRandom(9);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const rows = (count: number, from: number, higher = 0) =>
    Array.from({ length: count }, (_, index) => ({
      payload: { a: normal() + higher, b: normal() },
      ...{ id: `${from + index}`, time: 1000 * (from + index) },
    }));

  it('hands out the message that looks least like the reference, at most one a window', async () => {
    const watch = createDrift({ models, clock: systemClock }).watch({ learn: 300 });
    const calm = await feed(watch, rows(1200, 0));
    expect(calm.filter(({ unusual }) => unusual).length).toBeLessThanOrEqual(1200 / 30 / 4);
    const messages = rows(90, 1200, 5);
    const seen = (await feed(watch, messages)).flatMap(({ unusual }) => unusual ?? []);
    expect(seen.length).toBeGreaterThanOrEqual(1);
    expect(seen.length).toBeLessThanOrEqual(4);
    expect(seen.at(-1)?.why).toMatch(/^a is \d+\.\d standard deviations above its mean$/);
    expect(messages).toContain(seen.at(-1)?.message);
    expect(seen.at(-1)?.score).toBeGreaterThan(3);
  });

  it('says anew what is on, or that nothing is', async () => {
    const watch = createDrift({ models, clock: systemClock }).watch({ learn: 300 });
    expect(watch.report()).toEqual([]);
    await feed(watch, rows(400, 0));
    expect(eventsOf(watch.report())).toEqual(['data end']);
    const seen = await feed(watch, rows(90, 400, 5));
    expect(eventsOf(seen)).toEqual(['data start']);
    expect(eventsOf(watch.report())).toEqual(['data change']);
  });

  it('takes what comes now as normal: what was on ends, and stays silent', async () => {
    const drift = createDrift({ models, clock: systemClock });
    const watch = drift.watch({ learn: 300 });
    await feed(watch, rows(400, 0));
    expect(eventsOf(await feed(watch, rows(90, 400, 5)))).toEqual(['data start']);
    expect(eventsOf(watch.relearn())).toEqual(['data end']);
    const after = await feed(watch, rows(600, 490, 5));
    expect(after[0]?.summary).toMatchObject({ state: 'learning', window: 300 });
    expect(eventsOf(after)).toEqual([]);
    expect(after.at(-1)?.summary.state).toBe('calm');
  });

  it.each(['before', 'while'])(
    'takes as normal what comes when it was told so %s the first message is read',
    async (when) => {
      const watch = createDrift({ models, clock: systemClock }).watch({ learn: 300 });
      const messages = Array.from({ length: 600 }, (_, index): Message => {
        const row = pump.reference?.rows[index] ?? [];
        const features = Object.fromEntries(
          (pump.reference?.names ?? []).map((name, i) => [name, (row[i] ?? 0) * 3 + 9]),
        );
        return { features, model: identity(), time: 250 * index };
      });
      if (when === 'before') expect(watch.relearn()).toEqual([]);
      const first = watch.observe(messages[0] ?? {});
      if (when === 'while') expect(watch.relearn()).toEqual([]);
      const seen = [...(await first), ...(await feed(watch, messages.slice(1)))];
      expect(eventsOf(seen)).toEqual([]);
      expect(seen[0]?.summary).toMatchObject({ state: 'learning', window: 300 });
      expect(seen.at(-1)?.summary.state).toBe('calm');
    },
  );
});

describe('what comes of bad messages', () => {
  const random = seededRandom(10);
  const row = (index: number) => ({ payload: { a: random(), b: random() }, time: 1000 * index });

  it('counts times that go back and features that have gone, and goes on', async () => {
    const drift = createDrift({ models, clock: systemClock });
    const watch = drift.watch({ learn: 200, questions: { faults: false } }, { id: 'n1', name: 'drift' });
    await expect(watch.observe({ payload: { a: 1 }, time: 0 })).resolves.toEqual([]);
    await feed(watch, []);
    const other = drift.watch({ learn: 200, questions: { faults: false } }, { id: 'n2', name: 'drift' });
    await feed(
      other,
      Array.from({ length: 300 }, (_, index) => row(index)),
    );
    await feed(other, [row(100), { payload: { a: 0.5 }, time: 400_000 }]);
    await expect(other.observe({ payload: { c: 1 } })).rejects.toThrow(coded('DRIFT_FEATURES_MISSING'));
    await expect(other.observe({ payload: { a: 1, b: 'high' } })).rejects.toThrow(coded('DRIFT_FEATURE_NOT_NUMBER'));
    const seen = await feed(
      other,
      Array.from({ length: 30 }, (_, index) => row(401 + index)),
    );
    expect(seen.at(-1)?.summary.state).toBe('calm');
    expect((await drift.picture('n2')).counts).toEqual(
      expect.arrayContaining([
        { what: 'times that go back', count: 1 },
        { what: 'missing features', count: 1 },
      ]),
    );
  });

  it('learns from the stream where the reference of the model is too short, and says so', async () => {
    const rows = pump.reference?.rows.slice(0, 20) ?? [];
    const short: ModelPackage = { ...pump, reference: { names: pump.reference?.names ?? [], rows } };
    const watch = createDrift({ models, clock: systemClock }).watch({ model: short, learn: 200, extend: false });
    const names = short.reference?.names ?? [];
    const seen = await feed(
      watch,
      Array.from({ length: 300 }, (_, index) => ({
        payload: Object.fromEntries(names.map((name) => [name, random()])),
        time: 1000 * index,
      })),
    );
    expect(watch.trouble).toMatchObject({ code: 'REFERENCE_TOO_SHORT' });
    expect(seen[0]?.summary).toMatchObject({ state: 'learning', window: 200 });
    expect(seen.at(-1)?.summary.state).toBe('calm');
  });
});
