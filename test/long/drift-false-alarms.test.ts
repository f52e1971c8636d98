/** What `npm run bench -- drift` measures at full size, with fewer references. */
import { describe, expect, it } from 'vitest';
import { delays } from '../../bench/drift/delay.ts';
import { falseAlarms } from '../../bench/drift/false-alarms.ts';
import { STREAMS } from '../../bench/drift/streams.ts';

const ALLOWED: Readonly<Record<string, number>> = { 'AR(.97)': 5, seasonal: 5 };

describe('false alarms of a drift monitor', () => {
  // 2,000 windows: one in 1,000 is two, and twice that four.
  it.each(STREAMS.map((kind) => [kind.name, kind] as const))(
    'are as rare as asked for, on %s streams',
    (name, kind) => {
      const { measured } = falseAlarms(kind, 10_000, 20, false);
      expect(measured).toBeLessThanOrEqual(ALLOWED[name] ?? 2);
    },
  );

  it.each(STREAMS.map((kind) => [kind.name, kind] as const))(
    'are as rare as a short reference promises, on %s streams',
    (name, kind) => {
      for (const rows of [2000, 1000]) {
        const { measured, promised } = falseAlarms(kind, rows, 20, false);
        expect(measured / promised).toBeLessThanOrEqual(ALLOWED[name] ?? 2);
      }
    },
  );
});

it('a shift of one standard deviation is found in two windows of independent rows, and four of AR(.9)', () => {
  const shift = [{ name: 'shift 1σ', change: (value: number) => value + 1 }];
  const medians = [STREAMS[0], STREAMS[2]].map((kind) => (kind ? delays(kind, 10_000, 3, shift)[0]?.median : NaN));
  expect(medians[0]).toBeLessThanOrEqual(2);
  expect(medians[1]).toBeLessThanOrEqual(4);
});
