import { expect, it } from 'vitest';
import { createTracker } from '../../../runtime/outbox/tracker.ts';
import { virtualClock } from './virtual-clock.ts';

it('tells that nothing is sent any more, once, and is quiet from then on', async () => {
  const { clock, pass } = virtualClock();
  const tracker = createTracker('cloud', clock, () => []);
  const rates: number[] = [];
  tracker.listen(({ rate }) => rates.push(rate));
  for (let second = 0; second < 30; second += 1) {
    tracker.acknowledged(5);
    await pass(1_000);
  }
  expect(rates.at(-1)).toBeGreaterThan(4);
  await pass(15_000);
  expect(rates.at(-1)).toBe(0);
  const told = rates.length;
  await pass(3_600_000);
  expect(rates).toHaveLength(told);
  // What comes after a silence fades in the same way.
  tracker.acknowledged(50);
  await pass(1_000);
  expect(rates.at(-1)).toBe(5);
  await pass(15_000);
  expect(rates.at(-1)).toBe(0);
  tracker.stop();
});
