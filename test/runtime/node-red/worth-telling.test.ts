import { describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../runtime/base/index.ts';
import { worthTelling } from '../../../runtime/node-red/index.ts';

describe('an error that comes with every message', () => {
  let now = 0;
  const clock: Clock = { ...systemClock, monotonic: () => now };
  const error = (message: string) => ({ code: 'KETTLE_EMPTY', message });

  it('is told once a second', () => {
    const isNews = worthTelling(clock);
    expect([isNews(error('0 l')), isNews(error('0 l'))]).toEqual([true, false]);
    now += 1_000;
    expect(isNews(error('0 l'))).toBe(true);
  });

  it('is told with each of its values, but never more than five times a second', () => {
    now += 10_000;
    const isNews = worthTelling(clock);
    const told = Array.from({ length: 1_000 }, (_, index) => isNews(error(`${index} l`)));
    expect(told.filter(Boolean)).toHaveLength(5);
    expect(told.slice(0, 5)).toEqual([true, true, true, true, true]);
  });
});
