import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { openRegistry } from '../../../../runtime/models/registry/index.ts';
import type { WatchObservation } from '../../../../runtime/drift/index.ts';
import { seededRandom } from '../../../../runtime/numerics/index.ts';
import { eventsOf, feed, type Message, startedIn, temporaryDirectory } from './support.ts';

const watcher = { id: 'n1', name: 'the drift' };
const settings = { source: 'stream', learn: 200, window: 20 } as const;

/** A healthy stream that is 4 standard deviations higher from row 500 to 600. */
function stream(seed = 1): Message[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: 800 }, (_, index) => ({
    payload: { a: normal() + (index >= 500 && index < 600 ? 4 : 0), b: normal(), state: random() < 0.5 ? 'on' : 'off' },
    time: 1_700_000_000_000 + 1000 * index,
  }));
}

describe('a watch that is ended and begun again', () => {
  it.each([3, 60, 198, 300, 503, 563, 620])('goes on exactly where it stood, after row %i', async (cut) => {
    const messages = stream();
    const whole = startedIn(await temporaryDirectory()).watch(settings, watcher);
    const expected = await feed(whole, messages);
    expect(eventsOf(expected)).toEqual(['data start', 'data end']);

    const directory = await temporaryDirectory();
    const before = startedIn(directory);
    const first = before.watch(settings, watcher);
    const seen = await feed(first, messages.slice(0, cut));
    await first.close();
    await before.close();
    const after = startedIn(directory);
    const second = after.watch(settings, watcher);
    expect(await second.restored()).toMatchObject({ node: 'n1', state: seen.at(-1)?.summary.state ?? 'learning' });
    seen.push(...(await feed(second, messages.slice(cut))));
    expect(seen.map(({ summary, event }) => ({ summary, event }))).toEqual(
      expected.map(({ summary, event }) => ({ summary, event })),
    );
  });

  it('begins anew with other settings, and forgets a node that is removed', async () => {
    const directory = await temporaryDirectory();
    const drift = startedIn(directory);
    const first = drift.watch(settings, watcher);
    await feed(first, stream().slice(0, 150));
    await first.close();
    const other = drift.watch({ ...settings, window: 25 }, watcher);
    expect(await other.restored()).toBeUndefined();
    const [seen] = (await feed(other, stream().slice(0, 20))).slice(-1);
    expect(seen?.summary.samples).toBeLessThanOrEqual(20);
    expect(await drift.streams()).toMatchObject([watcherRow]);
    await other.close(true);
    expect(await drift.streams()).toEqual([]);
    await expect(drift.picture('n1')).rejects.toThrow(
      expect.objectContaining({ code: 'DRIFT_STREAM_NOT_FOUND' }) as Error,
    );
  });

  it('ends with the first message what was on, when it was told before it that this is normal now', async () => {
    const directory = await temporaryDirectory();
    const messages = stream();
    const before = startedIn(directory);
    const first = before.watch(settings, watcher);
    expect(eventsOf(await feed(first, messages.slice(0, 550)))).toEqual(['data start']);
    await first.close();
    await before.close();
    const drift = startedIn(directory);
    const second = drift.watch(settings, watcher);
    expect(second.relearn()).toEqual([]);
    const seen = await feed(second, messages.slice(550, 590));
    expect(eventsOf(seen)).toEqual(['data end']);
    expect(seen.at(-1)?.summary.state).toBe('learning');
    const { events } = await drift.history('n1');
    expect(events.map(({ time, payload }) => [time, payload.state]).slice(-1)).toEqual([
      [messages[550]?.['time'], 'end'],
    ]);
  });

  it('dates what happened by a clock that is put right, where that of the readings jumps', async () => {
    let passed = 0;
    const clock = { ...systemClock, monotonic: () => passed };
    const drift = startedIn(await temporaryDirectory(), { clock });
    const watch = drift.watch(settings, watcher);
    const said: string[] = [];
    for (const [index, message] of stream().slice(0, 500).entries()) {
      const ahead = index < 470 ? 0 : 3_600_000;
      said.push(...eventsOf(await watch.observe({ ...message, time: Number(message['time']) + ahead })));
      passed += 1000;
    }
    expect(said).toEqual(['fault start']);
    const { events } = await drift.history('n1');
    const end = 1_700_000_000_000 + 1000 * 500;
    expect(events.map(({ time }) => time < end)).toEqual([true]);
    expect(events[0]?.payload.since).toBeLessThan(end);
    expect(await drift.streams()).toMatchObject([{ state: 'calm', faults: 1, time: expect.any(Number) as number }]);
    expect((await drift.streams())[0]?.time).toBeLessThan(end);
    await watch.close();
    // What the command line lists.
    expect(await drift.streams()).toMatchObject([{ faults: 1 }]);
  });

  it('has its past on disk: the course of each statistic, and what happened', async () => {
    const drift = startedIn(await temporaryDirectory());
    const watch = drift.watch(settings, watcher);
    await feed(watch, stream());
    const { courses, events } = await drift.history('n1');
    expect(courses.map(({ name, kind }) => [name, kind])).toEqual(
      expect.arrayContaining([
        ['a', 'data'],
        ['b', 'data'],
      ]),
    );
    const a = courses.find(({ name }) => name === 'a');
    expect(Math.max(...(a?.values ?? []))).toBeGreaterThan(a?.thresholds[0] ?? Infinity);
    expect(events.map(({ payload }) => payload.state)).toEqual(['start', 'end']);
    expect(events[0]?.payload.words).toMatch(/\ba\b/);
    expect(await drift.picture('n1')).toMatchObject({ format: 1, node: 'n1', name: 'the drift', state: 'calm' });
  });
});

it('takes the reference of another version that answers, also when that of the one before was given up', async () => {
  const registry = openRegistry({
    layers: [join(import.meta.dirname, '../../../../flows/drift/models')],
    directory: join(import.meta.dirname, 'no-models-here'),
  });
  const watch = startedIn(await temporaryDirectory(), { models: registry }).watch({}, watcher);
  const seen: WatchObservation[] = [];
  for (const version of ['1.0.0', '1.1.0']) {
    const { reference, digest } = await registry.resolve(`pump-watch@${version}`);
    const model = { name: 'pump-watch', version, digest };
    for (const [index, row] of (reference?.rows ?? []).slice(0, 60).entries()) {
      const features = Object.fromEntries((reference?.names ?? []).map((name, i) => [name, row[i]]));
      seen.push(...(await watch.observe({ features, model, time: 1_700_000_000_000 + 250 * index })));
      if (version === '1.0.0' && index === 0) watch.relearn();
    }
    expect(seen.at(-1)).toMatchObject({ summary: { state: version === '1.0.0' ? 'learning' : 'calm' } });
  }
  expect(seen.at(-1)?.model?.version).toBe('1.1.0');
});

it('keeps the drift that ends because another version answers, while that one is still being read', async () => {
  const registry = openRegistry({
    layers: [join(import.meta.dirname, '../../../../flows/drift/models')],
    directory: join(import.meta.dirname, 'no-models-here'),
  });
  const slowly = async (reference: string) => {
    const pkg = await registry.resolve(reference);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return pkg;
  };
  const drift = startedIn(await temporaryDirectory(), { models: { resolve: slowly } });
  const watch = drift.watch({ prediction: false } as object, watcher);
  const troubles = new Set<string>();
  let time = 1_700_000_000_000;
  for (const version of ['1.0.0', '1.1.0']) {
    const { reference, digest } = await registry.resolve(`pump-watch@${version}`);
    const names = reference?.names ?? [];
    for (const row of (reference?.rows ?? []).slice(0, 120)) {
      const warmer = (name: string) => (name === 'mean_temperature' && version === '1.0.0' ? 12 : 0);
      const features = Object.fromEntries(names.map((name, i) => [name, (row[i] ?? NaN) + warmer(name)]));
      await watch.observe({ features, model: { name: 'pump-watch', version, digest }, time: (time += 250) });
      if (watch.trouble) troubles.add(watch.trouble.message);
    }
    // What came so far is on disk: the end is written at once.
    await drift.history('n1');
  }
  await watch.close();
  expect([...troubles]).toEqual([]);
  const { events } = await drift.history('n1');
  const data = events.map(({ payload }) => payload).filter(({ kind }) => kind === 'data');
  expect([data.at(0)?.state, data.at(-1)?.state]).toEqual(['start', 'end']);
});

const watcherRow = { node: 'n1', name: 'the drift' };
