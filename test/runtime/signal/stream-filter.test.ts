/** Filters over streams of readings and windows. That the filters themselves are right stands in blocks/. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStreamFilter, type StreamFilterSettings } from '../../../runtime/signal/index.ts';
import type { ReadingPayload } from '../../../runtime/messages/index.ts';

const at = (n: number, payload: ReadingPayload, period = 10) => ({ time: 1000 + n * period, payload, origin: n });
const sine = (hertz: number, n: number, rate = 100) => Math.sin((2 * Math.PI * hertz * n) / rate);
const coded = (code: string, ...parts: readonly string[]) =>
  expect.objectContaining({ code, message: expect.stringMatching(parts.join('.*')) as string }) as Error;

/** What becomes of a series at 100 Hz. */
function run(settings: Partial<StreamFilterSettings>, values: readonly ReadingPayload[]) {
  const filter = createStreamFilter<number>(settings);
  const sent = values.flatMap((value, n) => filter.reading(at(n, value)));
  return { filter, sent, payloads: sent.map(({ payload }) => payload) };
}
const strength = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);

describe('a filter over readings', () => {
  it.each([
    ['low', [10], 2, 30],
    ['high', [10], 30, 2],
    ['band', [8, 12], 10, 30],
    ['stop', [8, 12], 30, 10],
  ] as const)('%s keeps what it should and takes away the rest', (kind, cutoffs, kept, gone) => {
    const of = (hertz: number) => {
      const { payloads } = run(
        { kind, cutoffs, rate: 100 },
        Array.from({ length: 800 }, (_, n) => sine(hertz, n)),
      );
      return strength((payloads as number[]).slice(400));
    };
    expect(of(kept)).toBeGreaterThan(0.6);
    expect(of(gone)).toBeLessThan(0.06);
  });

  it('has no transient where the signal stands still', () => {
    expect(
      run(
        { kind: 'low', cutoffs: [5], rate: 100 },
        Array.from({ length: 20 }, () => 9.81),
      ).payloads,
    ).toEqual(Array.from({ length: 20 }, () => expect.closeTo(9.81, 9) as number));
  });

  it('filters each channel on its own and passes on the others', () => {
    const values = Array.from({ length: 30 }, (_, n) => ({ x: n % 2, t: 20 + n }));
    const both = run({ kind: 'low', cutoffs: [5], rate: 100, channels: ['x'] }, values);
    const alone = run(
      { kind: 'low', cutoffs: [5], rate: 100 },
      values.map(({ x }) => x),
    );
    expect(both.payloads.map((payload) => (payload as { x: number }).x)).toEqual(alone.payloads);
    expect(both.payloads.map((payload) => (payload as { t: number }).t)).toEqual(values.map(({ t }) => t));
    expect(both.sent[3]).toMatchObject({ before: { x: 1, t: 23 }, origin: 3 });
  });

  it('holds the first readings back until they tell the rate, and loses none', () => {
    const values = Array.from({ length: 40 }, (_, n) => sine(3, n));
    const { filter, payloads } = run({ kind: 'low', cutoffs: [10] }, values);
    expect(payloads).toEqual(run({ kind: 'low', cutoffs: [10], rate: 100 }, values).payloads);
    expect(filter.rate).toBeCloseTo(100, 6);
    const few = createStreamFilter<number>({ kind: 'low', cutoffs: [10] });
    expect(values.slice(0, 5).flatMap((value, n) => few.reading(at(n, value)))).toEqual([]);
    expect(few.flush().map(({ origin }) => origin)).toEqual([0, 1, 2, 3, 4]);
  });

  it('gives moving means and medians of the last readings, without a rate', () => {
    expect(run({ kind: 'mean', length: 3 }, [3, 6, 9, 12]).payloads).toEqual([3, 4.5, 6, 9]);
    expect(run({ kind: 'median', length: 3 }, [1, 100, 2, 3]).payloads).toEqual([1, 50.5, 2, 3]);
  });

  it('gives the envelope of a vibration: its amplitude', () => {
    const values = Array.from({ length: 1000 }, (_, n) => (n < 500 ? 1 : 3) * sine(21.7, n));
    const payloads = run({ kind: 'envelope', cutoffs: [2], rate: 100 }, values).payloads as number[];
    for (const value of payloads.slice(300, 500)) expect(Math.abs(value - 1)).toBeLessThan(0.1);
    for (const value of payloads.slice(800)) expect(Math.abs(value - 3)).toBeLessThan(0.3);
  });

  it('begins anew after a silence', () => {
    const filter = createStreamFilter<number>({ kind: 'low', cutoffs: [5], rate: 100 });
    for (let n = 0; n < 50; n++) filter.reading(at(n, 0));
    expect(filter.reading(at(51, 100))[0]?.payload).toBeLessThan(50);
    expect(filter.reading(at(5000, 100))[0]?.payload).toBeCloseTo(100, 9);
    expect(filter.counts.restarts).toBe(1);
  });

  it('leaves out stragglers, and begins anew when the clock was set back', () => {
    const filter = createStreamFilter<number>({ kind: 'low', cutoffs: [5], rate: 100 });
    for (let n = 1000; n < 1050; n++) filter.reading(at(n, 0));
    const back = Array.from({ length: 15 }, (_, n) => filter.reading(at(n, 7)));
    expect(back.findIndex((sent) => sent.length > 0)).toBe(9);
    expect(back.at(-1)?.[0]?.payload).toBeCloseTo(7, 9);
    expect(filter.counts).toMatchObject({ late: 10, restarts: 1 });
  });

  it('estimates the rate anew with each beginning: a burst does not decide it', () => {
    const filter = createStreamFilter<number>({ kind: 'low', cutoffs: [0.1] });
    for (let n = 0; n < 10; n++) filter.reading({ time: n, payload: 1, origin: n });
    for (let n = 1; n < 30; n++) filter.reading({ time: 1000 * n, payload: 1, origin: n });
    expect(filter.rate).toBeCloseTo(1, 6);
  });
});

describe('a reading that cannot be filtered', () => {
  const values = (broken: ReadonlyMap<number, ReadingPayload>) =>
    Array.from({ length: 60 }, (_, n) => broken.get(n) ?? { x: sine(7, n), y: 1 });

  it.each([
    ['a NaN', { x: NaN, y: 1 }, 'NaN'],
    ['an infinity', { x: Infinity, y: 1 }, 'Infinity'],
    ['what overflows', { x: 1e308, y: 1 }, '1e.308'],
    ['a channel missing', { y: 1 }, 'missing'],
  ])('for %s is refused, told once, counted, and changes nothing', (_what, broken, word) => {
    const [filter, clean] = [0, 1].map(() => createStreamFilter<number>({ kind: 'low', cutoffs: [10], rate: 100 }));
    const errors: unknown[] = [];
    const sent = values(new Map([20, 21].map((n) => [n, broken as ReadingPayload]))).flatMap((payload, n) => {
      try {
        return filter!.reading(at(n, payload));
      } catch (error) {
        errors.push(error);
        return [];
      }
    });
    expect(errors).toEqual([coded('FILTER_READING_INVALID', '"x"', word)]);
    const expected = values(new Map()).flatMap((payload, n) =>
      n === 20 || n === 21 ? [] : clean!.reading(at(n, payload)),
    );
    expect(sent).toEqual(expected);
    expect(filter!.counts).toMatchObject({ taken: 58, incomplete: 2, restarts: 0 });
  });

  it('follows a source that is given other channels', () => {
    const filter = createStreamFilter<number>({ kind: 'mean', length: 2 });
    filter.reading(at(0, { x: 1 }));
    expect(() => filter.reading(at(1, { p: 1 }))).toThrowError(coded('FILTER_READING_INVALID'));
    for (let n = 2; n < 20; n++) filter.reading(at(n, { p: n }));
    expect(filter.reading(at(20, { p: 22 }))[0]?.payload).toEqual({ p: 20.5 });
  });
});

describe('a filter that cannot be', () => {
  it('for a cut-off above half the rate says so with the rate: stated', () => {
    expect(() => createStreamFilter({ cutoffs: [60], rate: 100 })).toThrowError(
      coded('FILTER_INVALID', '60 Hz', '100 Hz'),
    );
  });

  it('or estimated, and the stream survives it', () => {
    const filter = createStreamFilter<number>({ cutoffs: [60] });
    for (let n = 0; n < 7; n++) filter.reading(at(n, 1));
    expect(() => filter.reading(at(7, 1))).toThrowError(coded('FILTER_INVALID', '60 Hz', '100 Hz'));
    expect(filter.counts.refused).toBe(8);
    const faster = Array.from({ length: 20 }, (_, n) => filter.reading(at(1000 + n, 1, 2))).flat();
    expect(faster.length).toBeGreaterThan(8);
  });

  it.each([
    ['a cut-off of 0', { cutoffs: [0] }],
    ['one cut-off for a band', { kind: 'band', cutoffs: [5] }],
    ['a band upside down', { kind: 'band', cutoffs: [9, 5] }],
    ['order 0', { order: 0 }],
  ] as const)('for %s says so at once', (_what, settings) => {
    expect(() => createStreamFilter(settings)).toThrowError(coded('FILTER_INVALID'));
  });
});

describe('a filter over windows', () => {
  const signal = Array.from({ length: 400 }, (_, n) => Math.fround(sine(3, n) + sine(40, n)));
  const windowOf = (from: number, length: number) => ({
    ...{ channels: ['x'], rate: 100, start: 1000 + from * 10 },
    ...{ data: Float32Array.from(signal.slice(from, from + length)), shape: [length, 1] },
  });
  const whole = run({ cutoffs: [10], rate: 100 }, signal).payloads as number[];

  it('carries its state from window to window, as if the stream had been filtered first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), (stride) => {
        const filter = createStreamFilter({ cutoffs: [10], state: 'carry' });
        for (let from = 0; from + 20 <= signal.length; from += stride) {
          const { data } = filter.window(windowOf(from, 20));
          data.forEach((value, n) => expect(value).toBeCloseTo(whole[from + n] as number, 5));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('or begins anew with each, and gives the same of the same window', () => {
    const filter = createStreamFilter({ cutoffs: [10], state: 'reset' });
    const first = filter.window(windowOf(40, 50)).data;
    filter.window(windowOf(200, 50));
    expect(filter.window(windowOf(40, 50)).data).toEqual(first);
    expect(first).not.toEqual(Float32Array.from(whole.slice(40, 90)));
  });

  it('continues nothing across a gap', () => {
    const filter = createStreamFilter({ cutoffs: [10] });
    const alone = createStreamFilter({ cutoffs: [10] }).window(windowOf(50, 50)).data;
    filter.window(windowOf(0, 50));
    expect(filter.window(windowOf(50, 50), 3).data).toEqual(alone);
  });

  it('leaves the window as it was, but for the data of the chosen channels', () => {
    const data = Float32Array.from({ length: 40 }, (_, n) => n % 7);
    const window = { channels: ['x', 'y'], rate: 100, start: 5, data, shape: [20, 2] };
    const filtered = createStreamFilter({ cutoffs: [10], channels: ['y'] }).window(window);
    expect(filtered).toMatchObject({ channels: ['x', 'y'], rate: 100, start: 5, shape: [20, 2] });
    const column = (values: Float32Array, channel: number) => values.filter((_, n) => n % 2 === channel);
    expect(column(filtered.data, 0)).toEqual(column(data, 0));
    expect(column(filtered.data, 1)).not.toEqual(column(data, 1));
    expect(data[3]).toBe(3);
  });

  it('refuses a window that holds a NaN, lacks a channel, or is too slow', () => {
    const filter = createStreamFilter({ cutoffs: [10], channels: ['x'] });
    const broken = windowOf(0, 20);
    broken.data[5] = NaN;
    expect(() => filter.window(broken)).toThrowError(coded('WINDOW_VALUE_INVALID'));
    expect(() => filter.window({ ...windowOf(0, 20), channels: ['z'] })).toThrowError(coded('WINDOW_CHANNELS_MISSING'));
    expect(() => filter.window({ ...windowOf(0, 20), rate: 15 })).toThrowError(coded('FILTER_INVALID', '15 Hz'));
    expect(filter.window(windowOf(0, 20)).data).toHaveLength(20);
  });
});
