import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireMessage } from '../../runtime/messages/index.ts';
import { openGatewayBooks } from '../../scripts/soak/gateway/books.ts';
import { judgeGateway } from '../../scripts/soak/gateway/judge.ts';
import type { Sample } from '../../scripts/soak/gateway/look.ts';
import { rise } from '../../scripts/soak/gateway/trend.ts';

const MINUTE = 60_000;
/** Every five seconds of so many minutes. */
const samples = (minutes: number, at: (minute: number) => Partial<Sample>): Sample[] =>
  Array.from({ length: minutes * 12 }, (_, i) => ({
    ...{ at: i * 5_000, pid: 7, rss: 260e6, supervisor: 96e6, handles: 74, disk: 5e6, outbox: 1.6e6 },
    ...at(i / 12),
  }));
/** A saw of a garbage collector. */
const saw = (minute: number) => 15e6 * ((minute * 1.7) % 1);
const prediction = (sequence: number, time = sequence * 250, gaps = 0): WireMessage => ({
  ...{ key: { gateway: 'g', stream: 'pump', sequence }, payload: { label: 'healthy' } },
  ...{ time, gaps },
});
const well = () => {
  const books = openGatewayBooks();
  for (let i = 1; i <= 100; i++) books.arrived(prediction(i));
  return books;
};
const short = (given: readonly Sample[], books = well(), taken = 100) =>
  judgeGateway(given, books.verdict(taken)).flatMap(({ what, met }) => (met ? [] : [what]));

describe('what a gateway may take up over a soak', () => {
  it('is what it settles at, with what a garbage collector, a log and a few peaks draw', () => {
    const calm = (minute: number) => ({
      rss: 250e6 - 50e6 * Math.exp(-minute) + saw(minute) + (minute % 3 < 0.1 ? 40e6 : 0),
      handles: minute % 2 < 0.2 ? 76 : 74,
      disk: 5e6 + 0.1e6 * minute,
    });
    expect(short(samples(10, calm))).toEqual([]);
    expect(short(samples(60, calm))).toEqual([]);
  });

  it.each<[minutes: number, leak: string, at: (minute: number) => Partial<Sample>, says: string]>([
    [10, 'every reading', (minute) => ({ rss: 260e6 + 4e6 * minute + saw(minute) }), "the flow's memory"],
    [60, 'every prediction', (minute) => ({ rss: 260e6 + 0.7e6 * minute + saw(minute) }), "the flow's memory"],
    [10, 'every sign of life', (minute) => ({ supervisor: 96e6 + 1.5e6 * minute }), "the supervisor's memory"],
    [10, 'a socket a minute', (minute) => ({ handles: 74 + Math.floor(minute) }), 'open files'],
    [10, 'what was acknowledged', (minute) => ({ outbox: 1.6e6 + 0.36e6 * minute }), 'the outbox'],
    [60, 'lines of a log', (minute) => ({ disk: 5e6 + 0.5e6 * minute }), 'the disk'],
  ])('is not, in %i minutes, to keep %s', (minutes, _, at, says) => {
    expect(short(samples(minutes, at)).join()).toContain(says);
  });

  it('is not another process', () => {
    expect(short(samples(10, (minute) => ({ pid: minute < 9 ? 7 : 8 })))).toEqual(['the flow never restarts']);
  });

  it('cannot be told without a look at it', () => {
    expect(short([])).not.toEqual([]);
  });
});

describe('what a gateway may lose over a soak', () => {
  const flat = samples(10, () => ({}));
  it.each<[string, (books: ReturnType<typeof well>) => number, string]>([
    ['nothing of what was taken', () => 101, 'between the outbox and the broker'],
    ['none in the middle', (books) => (books.arrived(prediction(102)), 102), 'between the outbox and the broker'],
    ['nothing before the outbox', (books) => (books.arrived(prediction(101, 102 * 250)), 101), 'between the sensor'],
    ['no key for another', (books) => (books.arrived(prediction(50, 1)), 100), 'between the outbox and the broker'],
  ])('is %s', (_, more, says) => {
    const books = well();
    const taken = more(books);
    expect(short(flat, books, taken).join()).toContain(says);
  });

  it('is what the machine was too busy for, if the flow says so and it is little', () => {
    const books = well();
    // Twenty-five readings, which four windows tell of.
    for (let i = 101; i <= 104; i++) books.arrived(prediction(i, (i + 1) * 250, 25));
    for (let i = 105; i <= 200; i++) books.arrived(prediction(i, (i + 1) * 250));
    expect(books.verdict(200)).toMatchObject({ skipped: 1, leftOut: 25, lost: 0 });
    expect(short(flat, books, 200)).toEqual([]);
  });

  it('is no more than the flow says: one reading excuses no prediction, nor do a few many', () => {
    for (const [gaps, predictions] of [
      [1, 1],
      [100, 50],
    ] as const) {
      const books = well();
      for (let i = 101; i <= 104; i++) books.arrived(prediction(i, (i + predictions) * 250, gaps));
      for (let i = 105; i <= 1000; i++) books.arrived(prediction(i, (i + predictions) * 250));
      expect(books.verdict(1000)).toMatchObject({ skipped: predictions, leftOut: gaps });
      expect(short(flat, books, 1000).join()).toContain('between the sensor');
    }
  });

  it('is told by one window only at the very end', () => {
    const books = well();
    books.arrived(prediction(101, 102 * 250, 13));
    expect(books.verdict(101)).toMatchObject({ skipped: 1, leftOut: 4 });
    expect(short(flat, books, 101)).toEqual([]);
  });

  it('does not count what comes twice', () => {
    const books = well();
    books.arrived(prediction(7));
    expect(books.verdict(100)).toMatchObject({ repeats: 1, lost: 0, wrong: [] });
    expect(short(flat, books)).toEqual([]);
  });
});

describe('a rise', () => {
  it('is that of the line through any points on a line, however they are spaced', () => {
    const ascending = fc.uniqueArray(fc.integer({ min: 0, max: 60 * MINUTE }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(ascending, fc.integer({ min: -1000, max: 1000 }), (times, slope) => {
        const points = times.sort((a, b) => a - b).map((time) => [time, 5 + slope * time] as const);
        expect(rise(points)).toBeCloseTo(slope * ((times.at(-1) ?? 0) - (times[0] ?? 0)), 3);
      }),
    );
  });

  it('is not turned by a few peaks, and none without two times', () => {
    // scipy.stats.theilslopes([1, 2, 9, 4, 5, 6]) gives a slope of 1.
    expect(rise([1, 2, 9, 4, 5, 6].map((value, time) => [time, value]))).toBe(5);
    expect(rise([])).toBeNaN();
    expect(rise([[1, 1]])).toBeNaN();
  });
});
