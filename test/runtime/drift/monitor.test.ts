import { describe, expect, it } from 'vitest';
import { createMonitor, type Monitor, type Observation } from '../../../runtime/drift/index.ts';
import { driftPayload } from '../../../runtime/messages/index.ts';
import { autoregressive, take } from './streams.ts';

const NAMES = ['flow', 'pressure', 'temperature'];
const noise = (seed: number) => autoregressive(seed, 0, NAMES.length);
const reference = { names: NAMES, rows: take(1000, noise(1)) };
const coded = (code: string) => expect.objectContaining({ code }) as Error;

/** Feeds rows a second apart, each changed by `change`; gives back what led to an evaluation. */
function feed(
  monitor: Monitor,
  rows: readonly Float64Array[],
  from: number,
  change: (row: Float64Array, index: number) => void = () => undefined,
): Observation[] {
  return rows.flatMap((given, index) => {
    const row = given.slice();
    change(row, index);
    return monitor.observe(row, from + 1000 * index) ?? [];
  });
}
const eventsOf = (observations: readonly Observation[]) => observations.flatMap(({ event }) => event ?? []);
const raise = (column: number, by: number) => (row: Float64Array) => void (row[column] = (row[column] ?? 0) + by);

describe('a drift monitor', () => {
  it('says when drift begins, in which features, and when all is as before: once each', () => {
    const monitor = createMonitor({ reference });
    const rows = take(300, noise(2));
    expect(eventsOf(feed(monitor, rows, 0))).toEqual([]);
    const drifting = eventsOf(feed(monitor, rows, 300_000, raise(2, 3)));
    expect(drifting).toHaveLength(1);
    const [start] = drifting;
    expect(driftPayload.parse(start)).toEqual(start);
    expect(start).toMatchObject({ kind: 'data', state: 'start', samples: 30 });
    expect(start?.features.map(({ drifting }) => drifting)).toEqual([true, false, false, false]);
    expect(start?.features[0]).toMatchObject({ name: 'temperature', statistic: 'wasserstein' });
    expect(start?.since).toBeGreaterThanOrEqual(300_000);
    expect(start?.since).toBeLessThan(330_000);
    expect(monitor.summary).toMatchObject({ state: 'drifting', since: start?.since });

    const ended = eventsOf(feed(monitor, rows, 600_000));
    expect(ended.map(({ state }) => state)).toEqual(['end']);
    expect(ended[0]).toMatchObject({ since: start?.since });
    expect(monitor.summary.state).toBe('calm');
  });

  it('tells that drift spreads to further features, at most once a window, and not that one comes and goes', () => {
    const monitor = createMonitor({ reference });
    const rows = take(300, noise(3));
    feed(monitor, rows, 0);
    const events = eventsOf(
      feed(monitor, rows, 300_000, (row, index) => {
        raise(2, 4)(row);
        if (index >= 100) raise(1, 4)(row);
        if (index >= 104) raise(0, index % 100 < 50 ? 4 : 0)(row);
      }),
    );
    expect(events.map(({ state }) => state)).toEqual(['start', 'change', 'change']);
    const drifting = events[2]?.features.filter((feature) => feature.drifting).map(({ name }) => name);
    expect(drifting).toEqual(expect.arrayContaining(NAMES));
  });

  it('does not begin and end again and again while a feature hovers at its threshold', () => {
    const monitor = createMonitor({ reference });
    const rows = take(6000, noise(4));
    feed(monitor, rows.slice(0, 60), 0);
    const { threshold = 0 } = monitor.summary.features[0] ?? {};
    const observations = feed(monitor, rows, 60_000, raise(0, threshold));
    const above = observations.map(({ summary }) => (summary.features[0]?.value ?? 0) > threshold);
    const crossings = above.filter((now, i) => i > 0 && now !== above[i - 1]).length;
    expect(crossings).toBeGreaterThan(50);
    expect(eventsOf(observations).length).toBeLessThan(crossings / 5);
  });

  it('shows how the window fills, then every feature at each evaluation', () => {
    const monitor = createMonitor({ reference, window: 40 });
    const observations = feed(monitor, take(60, noise(5)), 0);
    const seen = observations.map(({ summary }) => `${summary.state} ${summary.samples}/${summary.window}`);
    expect(seen).toEqual([
      'learning 10/40',
      'learning 20/40',
      'learning 30/40',
      'calm 40/40',
      'calm 40/40',
      'calm 40/40',
    ]);
    expect(monitor.summary.features.map(({ name }) => name)).toEqual([...NAMES, 'all together']);
  });

  it('takes values by name, in any order and among others', () => {
    const byName = createMonitor({ reference });
    const inOrder = createMonitor({ reference });
    for (const [index, row] of take(60, noise(6)).entries()) {
      const [flow = 0, pressure = 0, temperature = 0] = row;
      byName.observe({ temperature, other: 1, flow, pressure }, index);
      inOrder.observe([flow, pressure, temperature], index);
    }
    expect(byName.summary).toEqual(inOrder.summary);
  });

  it('learns its reference from the stream where there is none', () => {
    const monitor = createMonitor({ learn: 500 });
    const next = noise(7);
    const named = (row: Float64Array) => Object.fromEntries(NAMES.map((name, i) => [name, row[i] ?? 0]));
    for (let i = 0; i < 312; i++) monitor.observe(named(next()), i);
    expect(monitor.summary).toMatchObject({ state: 'learning', samples: 312, window: 500 });
    for (let i = 312; i < 2500; i++) expect(monitor.observe(named(next()), i)?.event).toBeUndefined();
    expect(monitor.summary.state).toBe('calm');
    for (let i = 0; i < 60; i++) monitor.observe({ ...named(next()), flow: 5 }, 2500 + i);
    expect(monitor.summary.state).toBe('drifting');
  });
});

describe('a drift monitor, given bad input', () => {
  it('names the features that a row lacks, and goes on with the next row', () => {
    const monitor = createMonitor({ reference });
    expect(() => monitor.observe({ flow: 1, pressure: 1, temp: 1 }, 0)).toThrow(
      expect.objectContaining({
        code: 'DRIFT_FEATURES_MISSING',
        message: 'the reference has 3 features; missing in this message: temperature; not in the reference: temp',
      }) as Error,
    );
    expect(() => monitor.observe([1, 2], 0)).toThrow(coded('DRIFT_FEATURES_MISSING'));
    expect(() => monitor.observe([1, 2, 3, 4], 0)).toThrow(coded('DRIFT_FEATURES_MISSING'));
    const text = { flow: '1', pressure: 1, temperature: 1 } as unknown as Record<string, number>;
    expect(() => monitor.observe(text, 0)).toThrow(coded('DRIFT_FEATURE_NOT_NUMBER'));
    feed(monitor, take(30, noise(8)), 0);
    expect(monitor.summary).toMatchObject({ state: 'calm', samples: 30 });
  });

  it('tells that values are missing more often than before, compares what is left, and waits with a feature that mostly lacks them', () => {
    const monitor = createMonitor({ reference });
    const rows = take(400, noise(9));
    const holes = (row: Float64Array, index: number) => {
      if (index % 20 === 0) row[0] = NaN;
      if (index % 2 === 0) row[1] = Infinity;
    };
    const [start, ...others] = eventsOf(feed(monitor, rows, 0, holes));
    expect(others).toEqual([]);
    expect(start?.features.filter(({ drifting }) => drifting)).toMatchObject([
      { name: 'pressure', statistic: 'missing values', value: 0.5 },
    ]);
    expect(start?.words).toContain('pressure has no value in 50 % of the rows');
    const events = eventsOf(
      feed(monitor, rows, 400_000, (row, index) => {
        holes(row, index);
        raise(0, 3)(row);
      }),
    );
    expect(events.map(({ state }) => state)).toEqual(['change']);
    expect(monitor.picture().counts).toEqual([
      { what: 'missing values', count: 40 },
      { what: 'infinite values', count: 400 },
    ]);
  });

  it('survives a feature that vanishes, and tells it by name', () => {
    const monitor = createMonitor({ reference });
    const named = (row: Float64Array) => ({ flow: row[0] ?? 0, pressure: row[1] ?? 0, temperature: row[2] ?? 0 });
    const rows = take(300, noise(19));
    for (const [i, row] of rows.entries()) expect(monitor.observe(named(row), i)?.event).toBeUndefined();
    const events = rows.flatMap((row, i) => {
      const { flow, temperature } = named(row);
      return monitor.observe({ flow, temperature }, 300 + i)?.event ?? [];
    });
    expect(events.map(({ state }) => state)).toEqual(['start']);
    expect(events[0]?.features.filter(({ drifting }) => drifting).map(({ name }) => name)).toEqual(['pressure']);
  });

  it('does not take for missing what a broken sensor sends', () => {
    const monitor = createMonitor({ reference });
    for (const [i, row] of take(300, noise(20)).entries()) {
      const broken = Float64Array.of(1e6, row[1] ?? 0, row[2] ?? 0);
      expect(monitor.observe(broken, i, [0])?.event).toBeUndefined();
    }
  });

  it('tells when what was always the same is no longer, and leaves out what has too few numbers', () => {
    const rows = take(400, noise(10)).map((row, index) => Float64Array.of(7.3, index % 8 ? NaN : index, row[2] ?? 0));
    const monitor = createMonitor({ reference: { names: NAMES, rows } });
    expect(monitor.leftOut).toEqual([{ name: 'pressure', reason: 'too few numbers' }]);
    const next = noise(21);
    const observe = (flow: number, i: number) => monitor.observe([flow, NaN, next()[2] ?? 0], i)?.event;
    for (let i = 0; i < 200; i++) expect(observe(7.3, i)).toBeUndefined();
    const events = Array.from({ length: 100 }, (_, i) => observe(7.3 + (i % 2), 200 + i)).filter((event) => event);
    expect(events).toHaveLength(1);
    expect(events[0]?.features[0]).toMatchObject({ name: 'flow', statistic: 'other values', drifting: true });
    expect(events[0]?.words).toContain('flow was always 7.3 and is something else in');
    expect(monitor.summary.leftOut).toEqual(monitor.leftOut);
  });

  it('learns a reference of the least length although a value is missing in it', () => {
    const monitor = createMonitor({ learn: 100, window: 20 });
    const rows = take(100, noise(12));
    feed(monitor, rows, 0, (row, index) => index === 40 && (row[1] = NaN));
    expect(monitor.leftOut).toEqual([]);
    expect(monitor.names).toHaveLength(NAMES.length);
  });

  it('refuses a reference that is too short or holds nothing to watch', () => {
    const short = { names: NAMES, rows: take(99, noise(11)) };
    expect(() => createMonitor({ reference: short, window: 10, extend: false })).toThrow(coded('REFERENCE_TOO_SHORT'));
    expect(() => createMonitor({ reference, window: 400, extend: false })).toThrow(coded('REFERENCE_TOO_SHORT'));
    expect(() => createMonitor({ learn: 100, window: 50 })).toThrow(coded('REFERENCE_TOO_SHORT'));
    const still = { names: NAMES, rows: take(200, () => Float64Array.of(1, 2, 3)) };
    expect(() => createMonitor({ reference: still })).toThrow(coded('REFERENCE_UNUSABLE'));
  });

  it('makes a reference of 20 rows longer from the stream, where it may', () => {
    const monitor = createMonitor({ reference: { names: NAMES, rows: take(20, noise(22)) }, learn: 200 });
    expect(monitor.summary).toMatchObject({ state: 'learning', samples: 20, window: 200 });
    for (const [i, row] of take(179, noise(23)).entries()) monitor.observe(row, i);
    expect(monitor.summary).toMatchObject({ state: 'learning', samples: 199 });
    for (const [i, row] of take(100, noise(24)).entries()) monitor.observe(row, 179 + i);
    expect(monitor.summary.state).toBe('calm');
  });

  it('begins to learn anew when what it has learned holds nothing to watch', () => {
    const monitor = createMonitor({ learn: 150 });
    for (let i = 0; i < 149; i++) monitor.observe({ level: 1 }, i);
    expect(() => monitor.observe({ level: 1 }, 149)).toThrow(coded('REFERENCE_UNUSABLE'));
    const next = autoregressive(12, 0, 1);
    for (let i = 0; i < 200; i++) monitor.observe({ level: next()[0] ?? 0 }, 150 + i);
    expect(monitor.summary.state).toBe('calm');
  });
});
