import { describe, expect, it } from 'vitest';
import { axisEnds, duration, number, percent } from '../../../editor/look/numbers.ts';
import { driftWords, outboxWords, worldPart } from '../../../editor/look/words.ts';

const drift = {
  kind: 'drift' as const,
  node: 'd',
  name: 'd',
  type: 'drift',
  time: 0,
  since: 0,
  samples: 12,
  window: 30,
};
const feature = (name: string, value: number) => ({
  name,
  statistic: 'ks',
  value,
  threshold: 1,
  drifting: value > 1,
});

describe('the words of the sidebar', () => {
  it('say what drifts, the worst first', () => {
    const words = (state: 'learning' | 'calm' | 'drifting', ...values: number[]) =>
      driftWords({ ...drift, state, features: values.map((value, i) => feature(`temperature_${'abcd'[i]}`, value)) });
    expect(words('learning')).toBe('learning: 12 of 30 rows');
    expect(words('calm', 0.5)).toBe('no drift');
    expect(words('drifting', 0.5, 2)).toBe('temperature b drifts');
    expect(words('drifting', 2, 3)).toBe('temperature b and temperature a drift');
    expect(words('drifting', 2, 4, 3)).toBe('temperature b and 2 more drift');
  });

  it('name the feature that drifts, and in its own words, before what all say together', () => {
    const together = feature('all together', 5);
    const alone = { ...feature('mean_x', 2), words: 'mean x is 3 higher (2 standard deviations)' };
    const words = (...features: (typeof together)[]) => driftWords({ ...drift, state: 'drifting', features });
    expect(words(together)).toBe('all together drifts');
    expect(words(together, alone)).toBe('mean x is 3 higher (2 standard deviations)');
    expect(words(together, feature('a', 2), feature('b', 3))).toBe('b and a drift');
  });

  it('say what waits in the outbox', () => {
    const outbox = {
      kind: 'outbox' as const,
      node: 'o',
      name: 'o',
      type: 'upload',
      time: 0,
      destination: 'd',
      sent: 9,
    };
    expect(outboxWords({ ...outbox, connected: true, depth: 0, oldestMs: 0 })).toBe('all delivered');
    expect(outboxWords({ ...outbox, connected: true, depth: 3, oldestMs: 200 })).toBe('3 waiting');
    expect(outboxWords({ ...outbox, connected: false, depth: 1200, oldestMs: 120_000 })).toBe(
      '1,200 waiting, the oldest for 2 min',
    );
  });

  it('name the parts of a world as people do', () => {
    expect(worldPart('temperatureSensor')).toBe('temperature sensor');
  });
});

describe('numbers for people', () => {
  it('have about three digits', () => {
    expect([0, 0.0123, 1.5, -41.27, 512, 12_345, 1.2e7, -0.0001, NaN].map(number)).toEqual([
      '0',
      '0.012',
      '1.50',
      '−41.3',
      '512',
      '12,345',
      '1.2e7',
      '−1.0e-4',
      '–',
    ]);
  });

  it('call only the certain certain', () => {
    expect([0, 0.002, 0.5, 0.996, 1].map(percent)).toEqual(['0 %', '<1 %', '50 %', '99 %', '100 %']);
  });

  it('tell the ends of an axis apart', () => {
    expect(axisEnds(0, 24)).toEqual(['0', '24']);
    expect(axisEnds(41.02, 41.13)).toEqual(['41.02', '41.13']);
    expect(axisEnds(-0.18, 0.18)).toEqual(['−0.18', '0.18']);
  });

  it('give a length of time in its own unit', () => {
    expect([0.4, 3.21, 250, 12_000, 300_000, 10_800_000, 2 * 86_400_000].map(duration)).toEqual([
      '0.40 ms',
      '3.2 ms',
      '250 ms',
      '12 s',
      '5 min',
      '3 h',
      '2 days',
    ]);
  });
});
