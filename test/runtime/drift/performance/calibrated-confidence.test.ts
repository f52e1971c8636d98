import { describe, expect, it } from 'vitest';
import { calibratedConfidence } from '../../../../runtime/drift/index.ts';

describe('calibrated confidence', () => {
  it('is believed where nothing was counted', () => {
    const right = calibratedConfidence();
    expect([0, 0.4, 1, 1.2].map(right)).toEqual([0, 0.4, 1, 1]);
    expect(calibratedConfidence([{ confidence: 0.5, accuracy: 0.1, rows: 0 }])(0.4)).toBe(0.4);
  });

  it('lies between the bins in a straight line and stays flat beyond them', () => {
    const right = calibratedConfidence([
      { confidence: 0.9, accuracy: 0.8, rows: 50 },
      { confidence: 0.5, accuracy: 0.4, rows: 50 },
    ]);
    expect([0.1, 0.5, 0.9, 1].map(right)).toEqual([0.4, 0.4, 0.8, 0.8]);
    expect(right(0.7)).toBeCloseTo(0.6, 12);
  });

  it('never falls where the confidence rises: bins that do are taken together', () => {
    const right = calibratedConfidence([
      { confidence: 0.2, accuracy: 0.1, rows: 10 },
      { confidence: 0.5, accuracy: 0.9, rows: 10 },
      { confidence: 0.7, accuracy: 0.5, rows: 30 },
      { confidence: 0.9, accuracy: 0.95, rows: 10 },
    ]);
    // (10 × .5 + 30 × .7) / 40 = .65 sure, (10 × .9 + 30 × .5) / 40 = .6 right.
    expect(right(0.65)).toBeCloseTo(0.6, 12);
    const all = Array.from({ length: 101 }, (_, n) => right(n / 100));
    for (const [n, value] of all.entries()) expect(value).toBeGreaterThanOrEqual(all[n - 1] ?? 0);
  });
});
