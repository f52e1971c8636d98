import { expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createDrift, type WatchObservation } from '../../../../runtime/drift/index.ts';
import { seededRandom } from '../../../../runtime/numerics/index.ts';
import { eventsOf, models } from './support.ts';

/** A clock that a test moves. */
function handClock() {
  let now = 0;
  const due = new Set<{ at: number; task: () => void }>();
  const after = (delay: number, task: () => void) => {
    const one = { at: now + delay, task };
    due.add(one);
    return { cancel: () => void due.delete(one) };
  };
  const pass = (ms: number) => {
    const end = now + ms;
    for (;;) {
      const [next] = [...due].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      due.delete(next);
      now = next.at;
      next.task();
    }
    now = end;
  };
  const clock = { ...systemClock, now: () => 1_700_000_000_000 + now, monotonic: () => now, after };
  return { clock, pass, due };
}

it('tells of a sensor that has fallen silent although no message comes, and lets the clock go when it is closed', async () => {
  const { clock, pass, due } = handClock();
  const random = seededRandom(3);
  const heard: WatchObservation[] = [];
  const drift = createDrift({ models, clock });
  const watch = drift.watch({ learn: 500 }, { id: 'n1', name: 'drift', heard: (seen) => heard.push(seen) });
  for (let index = 0; index < 2500; index++) {
    await watch.observe({ payload: { a: random() } });
    pass(1000);
  }
  expect(heard).toEqual([]);
  pass(600_000);
  expect(eventsOf(heard)).toEqual(['fault start']);
  expect(heard[0]?.event?.features).toMatchObject([{ name: 'stream', statistic: 'dropout' }]);
  await watch.observe({ payload: { a: random() } });
  await watch.close();
  expect(due.size).toBe(0);
});
