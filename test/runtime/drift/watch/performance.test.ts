import { beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createDrift } from '../../../../runtime/drift/index.ts';
import type { PredictionPayload } from '../../../../runtime/messages/index.ts';
import type { ModelPackage } from '../../../../runtime/models/package/index.ts';
import { seededRandom } from '../../../../runtime/numerics/index.ts';
import { eventsOf, feed, type Message, models, startedIn, temporaryDirectory } from './support.ts';

let pump: ModelPackage;
beforeAll(async () => {
  pump = await models.resolve('pump-health');
});
const model = () => ({ name: pump.manifest.name, version: pump.manifest.version, digest: pump.digest });
const random = seededRandom(12);
const answer = (): PredictionPayload => {
  const confidence = 0.8 + 0.2 * random();
  return { label: 'healthy', confidence, scores: { healthy: confidence } };
};
const time = (index: number) => 1_700_000_000_000 + 1000 * index;

/** An answer, and its truth five messages later, with nothing but the id. */
const judged = (count: number, from: number, right: number): Message[] =>
  Array.from({ length: count }, (_, index) => from + index).flatMap((index): Message[] => [
    { id: `${index}`, payload: answer(), model: model(), time: time(index) },
    { id: `${index - 5}`, truth: random() < right ? 'healthy' : 'worn bearing', time: time(index) },
  ]);

it('hears of truths that come later, in messages of their own, and says when the model is right less often', async () => {
  const predict = async (_: ModelPackage, rows: readonly Float64Array[]) => rows.map(answer);
  const drift = createDrift({ models, clock: systemClock, predict });
  const watch = drift.watch({}, { id: 'n1', name: 'drift' });
  expect(eventsOf(await feed(watch, judged(500, 0, 0.97)))).toEqual([]);
  const before = (await drift.picture('n1')).performance;
  expect(before?.truths).toBeGreaterThan(30);
  expect(before?.measured).toBeGreaterThan(0.9);
  const seen = await feed(watch, judged(300, 500, 0.5));
  expect(eventsOf(seen)).toEqual(['performance start']);
  const { event, summary } = seen.find((each) => each.event) ?? {};
  expect(event?.features[0]).toMatchObject({ name: 'accuracy', drifting: true });
  expect(event?.words).toBeTruthy();
  expect(summary).toMatchObject({ state: 'drifting', performance: { truths: expect.any(Number) as number } });
  expect((await drift.picture('n1')).features.map(({ kind }) => kind)).toContain('performance');
});

it('estimates from confidence, and goes on after a restart where it stood', async () => {
  const predict = async (_: ModelPackage, rows: readonly Float64Array[]) => rows.map(answer);
  const messages = judged(400, 0, 0.97);
  const settings = { questions: { prediction: true } };
  const watcher = { id: 'n1', name: 'drift' };
  const whole = startedIn(await temporaryDirectory(), { predict });
  const all = whole.watch(settings, watcher);
  await feed(all, messages);
  const directory = await temporaryDirectory();
  const first = startedIn(directory, { predict });
  const one = first.watch(settings, watcher);
  await feed(one, messages.slice(0, 333));
  await one.close();
  await first.close();
  const second = startedIn(directory, { predict });
  const two = second.watch(settings, watcher);
  await feed(two, messages.slice(333));
  const [a, b] = [await whole.picture('n1'), await second.picture('n1')];
  expect(b.performance?.truths).toBe(a.performance?.truths);
  expect(b.performance?.measured).toBe(a.performance?.measured);
  expect(b.performance?.estimated).toBeGreaterThan(0.7);
  await two.close();
  await all.close();
});
