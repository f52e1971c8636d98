import { describe, expect, it } from 'vitest';
import { chunkStarts, heldOut } from '../../../runtime/drift/calibration/chunks.ts';
import { createMonitor, kolmogorovSmirnov, type StatisticName, STATISTICS } from '../../../runtime/drift/index.ts';
import { prepareMeasure } from '../../../runtime/drift/calibration/measure.ts';
import { autoregressive, take, TEN } from './streams.ts';

/** Feeds healthy rows and counts the starts of drift. */
function starts(phi: number, rows: number, statistic: StatisticName = 'wasserstein'): number {
  const next = autoregressive(1, phi);
  const monitor = createMonitor({ reference: { names: TEN, rows: take(2000, next) }, statistic });
  let count = 0;
  for (let i = 0; i < rows; i++) if (monitor.observe(next(), i)?.event?.state === 'start') count++;
  return count;
}

/** Windows from a shift of the fourth feature, by so many standard deviations, to the start of drift. */
function windowsUntilFound(
  shift: number,
  phi: number,
  window: number,
  reference: number,
  statistic: StatisticName = 'wasserstein',
): number {
  const next = autoregressive(2, phi);
  const monitor = createMonitor({ reference: { names: TEN, rows: take(reference, next) }, window, statistic });
  for (let i = 0; i < 10 * window; i++) expect(monitor.observe(next(), i)?.event).toBeUndefined();
  for (let i = 1; i < 40 * window; i++) {
    const row = next();
    row[3] = (row[3] ?? 0) + shift;
    const event = monitor.observe(row, 10 * window + i)?.event;
    if (event?.state !== 'start') continue;
    expect(event.features.filter(({ drifting }) => drifting).map(({ name }) => name)).toEqual(['f3']);
    return i / window;
  }
  return Infinity;
}

describe('calibrated thresholds', () => {
  it.each([0, 0.5, 0.9, 0.97])('stay silent for 20,000 rows of ten healthy AR(%d) features', (phi) => {
    expect(starts(phi, 20_000)).toBe(0);
  });

  it('stay silent with Kolmogorov–Smirnov too', () => {
    expect(starts(0, 20_000, 'kolmogorov-smirnov')).toBe(0);
  });

  it.each(STATISTICS)('of %s stay silent while nothing moves, and find what has', (statistic) => {
    expect(starts(0.5, 10_000, statistic)).toBe(0);
    // Those that end at 1 have little room above what short windows do by themselves.
    expect(windowsUntilFound(2, 0, 100, 4000, statistic)).toBeLessThan(3);
  });

  it('find a shift of one standard deviation among independent rows', () => {
    expect(windowsUntilFound(1, 0, 30, 2000)).toBeLessThan(5);
    expect(windowsUntilFound(1, 0, 100, 2000)).toBeLessThan(2);
  });

  it('find a shift of two standard deviations in autocorrelated rows, given windows that are long enough', () => {
    expect(windowsUntilFound(2, 0.5, 30, 2000)).toBeLessThan(6);
    expect(windowsUntilFound(2, 0.9, 300, 10_000)).toBeLessThan(3);
  });

  it('rise with autocorrelation: the same sensor is given more room when it changes slowly', () => {
    const thresholds = [0, 0.5, 0.9].map((phi) => {
      const rows = take(2000, autoregressive(3, phi));
      const monitor = createMonitor({ reference: { names: TEN, rows } });
      for (const [i, row] of rows.slice(0, 30).entries()) monitor.observe(row, i);
      return Math.min(...monitor.summary.features.map(({ threshold }) => threshold));
    });
    expect(thresholds[1]).toBeGreaterThan(1.3 * (thresholds[0] ?? 0));
    expect(thresholds[2]).toBeGreaterThan(1.3 * (thresholds[1] ?? 0));
  });

  it('leave a slow feature out of Kolmogorov–Smirnov, by name, where its healthy windows reach the largest value', () => {
    const names = ['slow', 'quick'];
    const [slow, quick] = [autoregressive(4, 0.995, 1), autoregressive(5, 0, 1)];
    const rows = take(2000, () => Float64Array.of(slow()[0] ?? 0, quick()[0] ?? 0));
    const monitor = createMonitor({ reference: { names, rows }, statistic: 'kolmogorov-smirnov' });
    expect(monitor.leftOut).toEqual([{ name: 'slow', reason: 'statistic saturates' }]);
  });
});

describe('held-out chunks', () => {
  it('are compared with the rest of the reference, without themselves', () => {
    const values = Float64Array.from(take(400, autoregressive(6, 0.9, 1)), (row) => row[0] ?? 0);
    const { measure, order } = prepareMeasure(values.slice().sort(), 'kolmogorov-smirnov');
    const starts = chunkStarts(400, 100);
    expect(starts).toEqual([Array.from({ length: 13 }, (_, i) => 25 * i)]);
    for (const from of starts.flat()) {
      const chunk = values.slice(from, from + 100).sort();
      const rest = values.filter((_, i) => i < from || i >= from + 100).sort();
      expect(heldOut(chunk, 400, measure, order)).toBeCloseTo(kolmogorovSmirnov(rest, chunk), 12);
    }
  });

  it('never lie across a gap', () => {
    expect(chunkStarts(250, 100, [0, 110])).toEqual([[0], [110, 135]]);
  });
});
