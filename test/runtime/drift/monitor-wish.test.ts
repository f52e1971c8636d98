import { describe, expect, it } from 'vitest';
import { createMonitor, type Monitor } from '../../../runtime/drift/index.ts';
import { autoregressive, take } from './streams.ts';

const NAMES = ['flow', 'pressure', 'temperature'];
const noise = (seed: number) => autoregressive(seed, 0, 3);
const promiseOf = (monitor: Monitor) => monitor.picture().promise;
const HOUR = 3_600_000;

describe('what a monitor promises', () => {
  it('is the wish where the reference is long enough, in windows or in time by the rate of the stream', () => {
    const reference = { names: NAMES, rows: take(5000, noise(1)) };
    const inWindows = createMonitor({ reference, falseAlarms: { windows: 1000 } });
    expect(promiseOf(inWindows)).toEqual({
      wished: 1000,
      promised: 1000,
      words: 'at most one false alarm in 1,000 windows',
    });
    const inTime = createMonitor({ reference, falseAlarms: 'day' });
    for (const [i, row] of take(60, noise(2)).entries()) inTime.observe(row, 10_000 * i);
    expect(promiseOf(inTime)).toMatchObject({
      wished: 288,
      promised: 288,
      promisedMs: 24 * HOUR,
      words: 'at most one false alarm a day',
    });
  });

  it('is what the reference can carry where it is too short, in words, and grows with healthy rows', () => {
    const reference = { names: NAMES, rows: take(300, noise(3)) };
    const monitor = createMonitor({ reference, falseAlarms: 'month' });
    const next = noise(4);
    let at = 0;
    const feed = (rows: number) => {
      for (let i = 0; i < rows; i++) expect(monitor.observe(next(), 10_000 * at++)?.event).toBeUndefined();
    };
    feed(60);
    const before = promiseOf(monitor);
    expect(before?.words).toBe('one false alarm every 9 days (asked for: one a month; the reference is too short)');
    expect(before?.reference?.rows).toBe(300);
    feed(1500);
    expect(promiseOf(monitor)).toMatchObject({
      wished: 8640,
      promised: 8640,
      words: 'at most one false alarm a month',
    });
    const kept = createMonitor({ reference, falseAlarms: 'month', extend: false });
    for (let i = 0; i < 1500; i++) kept.observe(next(), 10_000 * i);
    expect(promiseOf(kept)?.reference?.rows).toBe(300);
  });

  it('never takes drifting rows into the reference', () => {
    const monitor = createMonitor({ reference: { names: NAMES, rows: take(300, noise(5)) }, falseAlarms: 'year' });
    const next = noise(6);
    for (let i = 0; i < 2000; i++) {
      const row = next();
      row[0] = (row[0] ?? 0) + 3;
      monitor.observe(row, 1000 * i);
    }
    expect(monitor.summary.state).toBe('drifting');
    expect(promiseOf(monitor)?.reference?.rows).toBe(300);
  });
});

describe('what a monitor tells', () => {
  const reference = {
    names: NAMES,
    rows: take(2000, noise(7)).map((row) => row.map((value, i) => (i === 2 ? 20 + 2 * value : value))),
  };
  const rowOf = (row: Float64Array, warmer: number) => [row[0] ?? 0, row[1] ?? 0, 20 + warmer + 2 * (row[2] ?? 0)];

  it('is which feature moved, by how much, since when and how sure it is', () => {
    const monitor = createMonitor({ reference });
    const next = noise(8);
    for (let i = 0; i < 200; i++) monitor.observe(rowOf(next(), 0), 1000 * i);
    const events = take(200, next).flatMap((row, i) => monitor.observe(rowOf(row, 10), 1000 * (200 + i))?.event ?? []);
    const [moved] = events[0]?.features ?? [];
    expect(moved).toMatchObject({ name: 'temperature', drifting: true });
    expect(moved?.since).toBeGreaterThanOrEqual(200_000);
    expect(moved?.since).toBeLessThan(230_000);
    expect(moved?.moved?.from).toBeCloseTo(20, 0);
    expect(moved?.moved?.deviations).toBeGreaterThan(4);
    expect(moved?.oneIn).toBeGreaterThan(100);
    expect(moved?.oneIn).toBeLessThanOrEqual(10 * (2000 / 30));
    expect(moved?.words).toMatch(/^temperature is \d+(\.\d+)? higher \(\d(\.\d+)? standard deviations\)$/);
    expect(events[0]?.words).toMatch(
      /^temperature is [\d.]+ higher \([\d.]+ standard deviations\), for \d+ seconds; of \d+ healthy windows, about one lies as far out$/,
    );
  });

  it('is drawn as shares of the reference and of now', () => {
    const monitor = createMonitor({ reference });
    const next = noise(9);
    for (let i = 0; i < 60; i++) monitor.observe(rowOf(next(), 10), 1000 * i);
    const shape = monitor.picture().features.find(({ name }) => name === 'temperature')?.shape;
    if (shape?.of !== 'number') throw new Error('no shape');
    expect(shape.edges).toHaveLength(shape.reference.length + 1);
    expect(shape.reference.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(shape.current.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    // What lies far out is drawn where it lies, and the reference has nothing there.
    const beyond = shape.current.filter((_, bin) => (shape.reference[bin] ?? 1) < 0.01);
    expect(beyond.reduce((a, b) => a + b, 0)).toBeGreaterThan(0.5);
  });

  it('is two features that no longer go together, though each is as it was', () => {
    const next = noise(10);
    const pair = (own: number) => {
      const [a = 0, b = 0, c = 0] = next();
      return [a, own * a + Math.sqrt(1 - own * own) * b, c];
    };
    const monitor = createMonitor({
      reference: { names: NAMES, rows: Array.from({ length: 2000 }, () => pair(0.99)) },
    });
    for (let i = 0; i < 300; i++) expect(monitor.observe(pair(0.99), i)?.event).toBeUndefined();
    const events = Array.from({ length: 200 }, (_, i) => monitor.observe(pair(-0.99), 300 + i)?.event).filter(
      (event) => event,
    );
    const drifting = events[0]?.features.filter((feature) => feature.drifting);
    expect(drifting).toMatchObject([
      { name: 'all together', words: 'the features no longer go together as in the reference' },
    ]);
  });

  it('learns anew when told to: what comes now is as it should be', () => {
    const monitor = createMonitor({ reference, learn: 200 });
    const next = noise(11);
    for (let i = 0; i < 200; i++) monitor.observe(rowOf(next(), 10), i);
    expect(monitor.summary.state).toBe('drifting');
    monitor.relearn();
    expect(monitor.summary).toMatchObject({ state: 'learning', samples: 0, window: 200 });
    for (let i = 0; i < 1000; i++) expect(monitor.observe(rowOf(next(), 10), 200 + i)?.event).toBeUndefined();
    expect(monitor.summary.state).toBe('calm');
  });
});

describe('categories', () => {
  const names = ['label', 'confidence'];
  const categories = { label: ['healthy', 'worn'] };
  const next = noise(12);
  const row = (worn: number): [number, number] => {
    const [a = 0, b = 0] = next();
    return [a > 3 - worn ? 1 : 0, b];
  };
  const monitorOf = () =>
    createMonitor({ reference: { names, categories, rows: Array.from({ length: 2000 }, () => row(1)) } });

  it('drift when one comes far more often', () => {
    const monitor = monitorOf();
    for (let i = 0; i < 300; i++) expect(monitor.observe(row(1), i)?.event).toBeUndefined();
    const events = Array.from({ length: 200 }, (_, i) => monitor.observe(row(3.5), 300 + i)?.event).filter(
      (event) => event,
    );
    expect(events[0]?.features[0]).toMatchObject({ name: 'label', statistic: 'l-infinity', drifting: true });
    expect(events[0]?.features[0]?.words).toMatch(/^label is "(worn|healthy)" in \d+ % of the rows instead of \d+ %/);
  });

  it('that were never seen are named and counted', () => {
    const monitor = monitorOf();
    const events = Array.from(
      { length: 100 },
      (_, i) => monitor.observe({ label: 'blocked', confidence: 0.1 }, i)?.event,
    ).filter((event) => event);
    expect(events[0]?.features[0]).toMatchObject({ name: 'label', drifting: true });
    expect(events[0]?.features[0]?.words).toContain('something never seen before');
    expect(monitor.picture().counts).toEqual([{ what: 'unseen label "blocked"', count: 100 }]);
  });
});

describe('a season', () => {
  /** A row every ten minutes, warmer by day; `late` hours later than usual. */
  const rows = (days: number, from: number, seed: number, late = 0) => {
    const next = autoregressive(seed, 0, 1);
    const times = Array.from({ length: days * 144 }, (_, i) => from + 600_000 * i);
    const values = times.map((time) => [10 * Math.sin((2 * Math.PI * (time / HOUR - late)) / 24) + (next()[0] ?? 0)]);
    return { times, values };
  };
  const start = Date.UTC(2026, 0, 5);
  const { times, values } = rows(10, start, 13);
  const monitor = (season: 'none' | 'hour-of-day') =>
    createMonitor({
      reference: { names: ['t'], rows: values, times },
      window: 20,
      season,
      falseAlarms: 'month',
      extend: false,
    });
  const found = (watched: Monitor, given: ReturnType<typeof rows>) =>
    given.values.flatMap((value, i) => watched.observe(value, given.times[i] ?? 0)?.event ?? []);

  it('is no drift, and lets what is unusual for the hour be found', () => {
    const seasonal = monitor('hour-of-day');
    expect(found(seasonal, rows(20, start + 10 * 24 * HOUR, 14))).toEqual([]);
    const late = rows(1, start + 30 * 24 * HOUR, 15, 4);
    expect(found(seasonal, late).map(({ state }) => state)).toContain('start');
    // Without the season, a day that comes four hours late is a day like any other.
    expect(found(monitor('none'), late)).toEqual([]);
  });
});
