import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createDrift, type WatchObservation } from '../../../../runtime/drift/index.ts';
import { seededRandom } from '../../../../runtime/numerics/index.ts';
import { eventsOf, models, startedIn, temporaryDirectory } from './support.ts';

const BEGIN = 1_700_000_000_000;
const HOUR = 3_600_000;
const settings = { source: 'stream', questions: { data: false, prediction: false, performance: false } } as const;

/** A sensor, 50 times a second, on a clock that the test moves. */
function sensor() {
  const random = seededRandom(7);
  let passed = 0;
  const clock = { ...systemClock, now: () => BEGIN + passed, monotonic: () => passed };
  /** @param off of the board's clock, ms @param stuck whether it shows one value only */
  const forSeconds = function* (seconds: number, { off = 0, stuck = false } = {}) {
    for (const end = passed + 1000 * seconds; passed < end; passed += 20) {
      yield { payload: { temperature: stuck ? 1 : random() }, time: BEGIN + passed + off };
    }
  };
  return { clock, forSeconds };
}

describe('a fault that comes and goes', () => {
  it('is told of once, and its end when there was none for a minute', async () => {
    const { clock, forSeconds } = sensor();
    const watch = createDrift({ models, clock }).watch(settings);
    const seen: WatchObservation[] = [];
    const feed = async (...given: Parameters<typeof forSeconds>) => {
      for (const message of forSeconds(...given)) seen.push(...(await watch.observe(message)));
    };
    await feed(60);
    expect(eventsOf(seen)).toEqual([]);
    for (let times = 0; times < 5; times++) {
      await feed(5, { off: HOUR });
      await feed(50);
      expect(eventsOf(seen)).toEqual(['fault start']);
    }
    await feed(9);
    expect(eventsOf(seen)).toEqual(['fault start']);
    await feed(2);
    expect(eventsOf(seen)).toEqual(['fault start', 'fault end']);
    await feed(5, { off: HOUR });
    expect(eventsOf(seen)).toEqual(['fault start', 'fault end', 'fault start']);
  });

  it('is told of beside another that comes meanwhile', async () => {
    const { clock, forSeconds } = sensor();
    const watch = createDrift({ models, clock }).watch(settings);
    const seen: WatchObservation[] = [];
    for (const part of [forSeconds(60), forSeconds(5, { off: HOUR }), forSeconds(5), forSeconds(20, { stuck: true })]) {
      for (const message of part) seen.push(...(await watch.observe(message)));
    }
    expect(eventsOf(seen)).toEqual(['fault start', 'fault change']);
    expect(seen.findLast(({ event }) => event)?.event?.features).toMatchObject([
      { name: 'temperature', statistic: 'stuck' },
    ]);
  });

  it('is still the same one after a restart', async () => {
    const directory = await temporaryDirectory();
    const { clock, forSeconds } = sensor();
    const seen: WatchObservation[] = [];
    const parts = [[forSeconds(60), forSeconds(5, { off: HOUR }), forSeconds(40)], [forSeconds(19)], [forSeconds(2)]];
    const said: string[][] = [];
    for (const part of parts) {
      const drift = startedIn(directory, { clock });
      const watch = drift.watch(settings, { id: 'n1', name: 'n1' });
      seen.length = 0;
      for (const messages of part) for (const message of messages) seen.push(...(await watch.observe(message)));
      said.push(eventsOf(seen));
      await watch.close();
      await drift.close();
    }
    expect(said).toEqual([['fault start'], [], ['fault end']]);
  });
});
