import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { createMonitor, type Monitor, type MonitorOptions } from '../../../runtime/drift/index.ts';
import { seededRandom } from '../../../runtime/numerics/index.ts';
import { autoregressive, take } from './streams.ts';

const NAMES = ['flow', 'pressure', 'temperature'];
const reference = { names: NAMES, rows: take(400, autoregressive(1, 0.5, 3)) };
/** As it goes to disk and back. */
const kept = (monitor: Monitor): unknown => deserialize(serialize(monitor.save()));

/** Rows with holes, broken sensors, drifts that come and go, and times that go back. */
function rowsOf(seed: number, count: number) {
  const next = autoregressive(seed, 0.5, 3);
  const random = seededRandom(seed);
  let [shift, time] = [0, 1_700_000_000_000];
  return Array.from({ length: count }, () => {
    const row = next();
    if (random() < 0.004) shift = shift === 0 ? 4 * random() : 0;
    row[1] = (row[1] ?? 0) + shift;
    if (random() < 0.03) row[2] = NaN;
    time += random() < 0.01 ? -500 : 1000;
    return { row, time, unfit: random() < 0.02 ? [0] : [] };
  });
}

describe('a monitor that was saved', () => {
  const options: readonly [string, MonitorOptions][] = [
    ['with a reference', { reference, falseAlarms: { windows: 1000 } }],
    ['that makes its reference longer', { reference, falseAlarms: 'month', window: 20 }],
    ['that learns', { learn: 300, names: NAMES, window: 20 }],
  ];
  it.each(options)('goes on exactly where it was, at any row, %s', (_, options) => {
    const rows = rowsOf(2, 3000);
    const one = createMonitor(options);
    let other = createMonitor(options);
    const random = seededRandom(3);
    let events = 0;
    for (const { row, time, unfit } of rows) {
      if (random() < 0.01) other = createMonitor({ ...options, saved: kept(other) });
      const seen = one.observe(row, time, unfit);
      expect(other.observe(row, time, unfit)).toEqual(seen);
      if (seen?.event) events++;
    }
    expect(other.picture()).toEqual(one.picture());
    expect(events).toBeGreaterThan(1);
  });

  it('is begun anew with another reference, another window or a state that is none', () => {
    const monitor = createMonitor({ reference });
    for (const { row, time } of rowsOf(4, 100)) monitor.observe(row, time);
    const others = { names: NAMES, rows: take(400, autoregressive(5, 0.5, 3)) };
    expect(createMonitor({ reference, saved: kept(monitor) }).summary.state).toBe('calm');
    expect(createMonitor({ reference: others, saved: kept(monitor) }).summary.state).toBe('learning');
    expect(createMonitor({ reference, window: 31, saved: kept(monitor) }).summary.state).toBe('learning');
    expect(createMonitor({ reference, saved: { format: 1 } }).summary.state).toBe('learning');
  });

  it('takes at most 1 MB with 100 features', () => {
    const names = Array.from({ length: 100 }, (_, i) => `feature ${i}`);
    const next = autoregressive(6, 0, 100);
    const monitor = createMonitor({ reference: { names, rows: take(1000, next) }, window: 300, extend: false });
    for (let i = 0; i < 3000; i++) monitor.observe(next(), i);
    expect(serialize(monitor.save()).length).toBeLessThan(2 ** 20);
  });
});
