import { describe, expect, it } from 'vitest';
import { createWindow, type Window, type WindowSettings } from '../../../runtime/signal/index.ts';
import type { ReadingPayload } from '../../../runtime/messages/index.ts';

/** Pushes readings 10 ms apart, unless a time is given, and collects the windows. */
function run(settings: Partial<WindowSettings>, readings: readonly (ReadingPayload | [ReadingPayload, number])[]) {
  const window = createWindow(settings);
  const windows: Window[] = [];
  readings.forEach((reading, index) => {
    const [payload, time] = Array.isArray(reading) ? reading : [reading, 1000 + index * 10];
    const full = window.push({ payload, time });
    if (full) windows.push(full);
  });
  return { window, windows };
}

const count = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe('windows by count', () => {
  it('leave every stride, each with the latest samples', () => {
    const { windows } = run({ length: 4, stride: 2 }, count(0, 9));
    expect(windows.map(({ payload }) => [...payload.data])).toEqual([
      [0, 1, 2, 3],
      [2, 3, 4, 5],
      [4, 5, 6, 7],
    ]);
    expect(windows[1]).toMatchObject({
      payload: { channels: ['value'], rate: 100, start: 1020, shape: [4, 1] },
      time: 1050,
      gaps: 0,
    });
  });

  it('skip samples where the stride is longer than the window', () => {
    const { windows } = run({ length: 2, stride: 5 }, count(0, 12));
    expect(windows.map(({ payload }) => [...payload.data])).toEqual([
      [0, 1],
      [5, 6],
      [10, 11],
    ]);
  });

  it('hold several channels sample by sample, in the order of the first reading', () => {
    const { windows } = run({ length: 2, stride: 2 }, [
      { b: 1, a: 2 },
      { a: 4, b: 3 },
    ]);
    expect(windows[0]?.payload.channels).toEqual(['b', 'a']);
    expect([...(windows[0]?.payload.data ?? [])]).toEqual([1, 2, 3, 4]);
  });

  it('take only the chosen channels, in the chosen order', () => {
    const { windows } = run({ length: 2, stride: 2, channels: ['c', 'a'] }, [
      { a: 1, b: 2, c: 3 },
      { a: 4, b: 5, c: 6 },
    ]);
    expect([...(windows[0]?.payload.data ?? [])]).toEqual([3, 1, 6, 4]);
  });

  it('own their samples: later readings do not change a window that has left', () => {
    const { windows } = run({ length: 2, stride: 1 }, count(0, 4));
    const [first] = windows;
    expect([...(first?.payload.data ?? [])]).toEqual([0, 1]);
    expect(first?.payload.data.byteLength).toBe(first?.payload.data.buffer.byteLength);
  });

  it('keep a stated rate, and otherwise tell it by the times in spite of a hole', () => {
    const readings = count(0, 20).map((n): [number, number] => [n, 1000 + n * 20 + (n > 9 ? 60 : 0)]);
    expect(run({ length: 20, stride: 20 }, readings).windows[0]?.payload.rate).toBeCloseTo(50, 6);
    expect(run({ length: 20, stride: 20, rate: 48 }, readings).windows[0]?.payload.rate).toBe(48);
  });
});

describe('what is missing', () => {
  it('is counted where readings never came', () => {
    const readings = count(0, 20).map((n): [number, number] => [n, 1000 + n * 10 + (n > 9 ? 30 : 0)]);
    expect(run({ length: 20, stride: 20 }, readings).windows[0]?.gaps).toBe(3);
  });

  it('is counted once where a reading lacked a channel or a number, and nothing is filled in', () => {
    const readings: ReadingPayload[] = count(0, 12).map((n) => ({ x: n, y: -n }));
    readings[4] = { x: 4 };
    readings[7] = { x: 7, y: NaN };
    const { window, windows } = run({ length: 10, stride: 10 }, readings);
    expect(windows[0]).toMatchObject({ gaps: 2, payload: { start: 1000 }, time: 1110 });
    expect([...(windows[0]?.payload.data ?? [])].filter((_, index) => index % 2 === 0)).toEqual(
      count(0, 12).filter((n) => n !== 4 && n !== 7),
    );
    expect(window.counts).toMatchObject({ taken: 10, incomplete: 2, late: 0 });
  });

  it('is not made of late readings: they are left out', () => {
    const times = [0, 10, 20, 40, 30, 50, 60, 70, 80, 90, 100];
    const { window, windows } = run(
      { length: 10, stride: 10 },
      times.map((time): [number, number] => [time, time]),
    );
    expect([...(windows[0]?.payload.data ?? [])]).toEqual(times.filter((time) => time !== 30));
    expect(windows[0]?.gaps).toBe(1);
    expect(window.counts.late).toBe(1);
  });

  it('makes the window start anew after a silence longer than half of it', () => {
    const readings = count(0, 30).map((n): [number, number] => [n, n * 10 + (n > 14 ? 5000 : 0)]);
    const { window, windows } = run({ length: 20, stride: 20 }, readings);
    expect(windows).toEqual([]);
    expect(window).toMatchObject({ held: 15, counts: { restarts: 1 } });
  });

  it('does not take a slow stream for silence because it began with a burst', () => {
    const readings = count(0, 40).map((n): [number, number] => [n, n < 10 ? n : n * 1000]);
    const { windows } = run({ length: 20, stride: 20 }, readings);
    expect(windows).toHaveLength(1);
    expect(windows[0]?.payload.rate).toBeCloseTo(1, 6);
  });

  it('does not shut the stream out when a clock is set back by years', () => {
    const before = count(0, 10).map((n): [number, number] => [n, 1e12 + n * 10]);
    const after = count(0, 30).map((n): [number, number] => [100 + n, n * 10]);
    const { windows } = run({ length: 10, stride: 10 }, [...before, ...after]);
    expect(windows.at(-1)?.payload.data[0]).toBeGreaterThan(100);
  });

  it('does not shut the stream out when the source is given other channels', () => {
    const { window, windows } = run({ length: 5, stride: 5 }, [
      ...count(0, 5).map((n) => ({ x: n })),
      ...count(0, 15).map((n) => ({ p: n, q: n })),
    ]);
    expect(window.channels).toEqual(['p', 'q']);
    expect(windows.at(-1)?.payload.shape).toEqual([5, 2]);
  });
});

it.each([['on'], [[1, 2]], [{ state: 'on' }], [null], [undefined]])(
  'refuses %j: there is no number in it',
  (payload) => {
    const window = createWindow();
    expect(() => window.push({ payload: payload as never, time: 1 })).toThrowError(
      expect.objectContaining({ code: 'READING_NOT_NUMERIC' }) as Error,
    );
    expect(window.held).toBe(0);
  },
);
