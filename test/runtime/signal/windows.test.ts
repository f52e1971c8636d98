/** How streams are cut, joined, put in order and resampled. Windows by count stand in window.test.ts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWindow, type Sample, type Window, type WindowSettings } from '../../../runtime/signal/index.ts';

type Given = Partial<Sample> & { readonly time: number };

/** Pushes readings and collects every window. */
function run(settings: Partial<WindowSettings>, readings: readonly Given[]) {
  const window = createWindow(settings);
  const windows: Window[] = [];
  for (const reading of readings) {
    const payload = reading.payload ?? reading.time;
    for (let full = window.push({ payload, ...reading }); full; full = window.next()) windows.push(full);
  }
  return { window, windows };
}

/** One reading every `period` ms. */
const every = (period: number, count: number, payload: (n: number) => Sample['payload'] = (n) => n): Given[] =>
  Array.from({ length: count }, (_, n) => ({ time: n * period, payload: payload(n) }));
const data = (windows: readonly Window[]) => windows.map(({ payload }) => [...payload.data]);
const thrown = (code: string, ...parts: readonly string[]) =>
  expect.objectContaining({ code, message: expect.stringMatching(parts.join('.*')) as string }) as Error;

describe('windows by time', () => {
  it('hold what was taken from their start to their end, however many samples that are', () => {
    const readings = [0, 100, 250, 600, 900, 1000, 1010, 1400, 2100].map((time) => ({ time }));
    const { windows } = run({ cut: 'time', seconds: 1, every: 1 }, readings);
    expect(data(windows)).toEqual([
      [0, 100, 250, 600, 900],
      [1000, 1010, 1400],
    ]);
    expect(windows[0]).toMatchObject({ time: 900, payload: { start: 0, shape: [5, 1] } });
  });

  it('slide by their stride', () => {
    const { windows } = run({ cut: 'time', seconds: 1, every: 0.5 }, every(250, 13));
    expect(data(windows)).toEqual([
      [0, 1, 2, 3],
      [2, 3, 4, 5],
      [4, 5, 6, 7],
      [6, 7, 8, 9],
      [8, 9, 10, 11],
    ]);
  });

  it('leave out what lies between them where the stride is longer', () => {
    const { windows } = run({ cut: 'time', seconds: 0.5, every: 1 }, every(250, 12));
    expect(data(windows)).toEqual([
      [0, 1],
      [4, 5],
      [8, 9],
    ]);
  });

  it('have a fixed number of samples where they are resampled', () => {
    const readings = every(11, 100);
    const { windows } = run({ cut: 'time', seconds: 0.2, every: 0.1, resample: 100 }, readings);
    expect(new Set(windows.map(({ payload }) => payload.shape[0]))).toEqual(new Set([20]));
  });
});

describe('windows by time across a silence', () => {
  const bursts = Array.from({ length: 20 }, (_, burst) =>
    Array.from({ length: 100 }, (_, n) => ({ payload: n, time: burst * 10_000 + n * 10 })),
  ).flat();

  it('leave when they are whole, also where nothing follows them for long', () => {
    for (const onGap of ['mark', 'restart', 'drop'] as const) {
      const { windows } = run({ cut: 'time', seconds: 1, every: 1, onGap }, bursts);
      expect(windows.length, onGap).toBeGreaterThanOrEqual(19);
    }
  });

  it('are counted at once, however far the clock leaps', () => {
    const { window } = run({ cut: 'time', seconds: 1, every: 0.5 }, [
      { payload: 1, time: 0 },
      { payload: 2, time: 1.76e12 },
    ]);
    expect(window.counts.dropped).toBeGreaterThan(3e9);
  });
});

describe('windows on a trigger', () => {
  it('are not held up by a trigger whose time never comes', () => {
    const window = createWindow({ cut: 'trigger', before: 2, after: 3 });
    const windows: unknown[] = [];
    for (let n = 0; n < 40; n++) {
      const time = n * 10;
      if (n === 5) window.trigger?.(1.76e12);
      if (n === 20) window.trigger?.(time);
      const made = window.push({ payload: n, time, origin: undefined });
      if (made) windows.push(made);
    }
    expect(windows).toHaveLength(1);
    expect(window.counts.ignored).toBe(1);
  });

  it('hold so many samples before and after a channel crosses a level', () => {
    const readings = every(10, 60, (n) => ({ x: n >= 20 && n < 40 ? 5 : 0, y: n }));
    const crossing = { channel: 'x', level: 3, direction: 'rising' } as const;
    const { windows } = run({ cut: 'trigger', before: 3, after: 4, crossing }, readings);
    expect(windows).toHaveLength(1);
    expect(data(windows)[0]?.filter((_, index) => index % 2 === 1)).toEqual([17, 18, 19, 20, 21, 22, 23]);
    expect(windows[0]).toMatchObject({ triggered: 200, time: 230 });
  });

  it.each([
    ['falling', [400]],
    ['either', [200, 400]],
  ] as const)('see it %s', (direction, at) => {
    const readings = every(10, 60, (n) => (n >= 20 && n < 40 ? 5 : 0));
    const { windows } = run(
      { cut: 'trigger', before: 3, after: 4, crossing: { channel: '', level: 3, direction } },
      readings,
    );
    expect(windows.map(({ triggered }) => triggered)).toEqual(at);
  });

  it('leave around each flagged reading, and on request', () => {
    const window = createWindow({ cut: 'trigger', before: 2, after: 2 });
    const times: (number | undefined)[] = [];
    for (const { time, payload } of every(10, 40)) {
      if (time === 250) window.trigger();
      const full = window.push({ time, payload: payload as number, flagged: time === 100 });
      if (full) times.push(full.triggered);
    }
    expect(times).toEqual([100, 250]);
  });

  it('count triggers that come too early, or while one is being filled', () => {
    const readings = every(10, 40).map((reading) => ({ ...reading, flagged: [0, 200, 210].includes(reading.time) }));
    const { window, windows } = run({ cut: 'trigger', before: 3, after: 4 }, readings);
    expect(windows.map(({ triggered }) => triggered)).toEqual([200]);
    expect(window.counts.ignored).toBe(2);
  });
});

describe('channels of several sources', () => {
  const two = (slow: number): Given[] =>
    Array.from({ length: 40 }, (_, n) => [
      ...(n % slow === 0 ? [{ time: n * 10, payload: 100 + n, name: 'temperature' }] : []),
      { time: n * 10 + 1, payload: n, name: 'level' },
    ]).flat();

  it('are joined with the last value held', () => {
    const settings = {
      length: 5,
      stride: 5,
      channels: ['level', 'temperature'],
      align: 'hold',
      tolerance: 100,
    } as const;
    const { windows } = run(settings, two(4));
    expect(data(windows)[0]).toEqual([0, 100, 1, 100, 2, 100, 3, 100, 4, 104]);
    expect(windows).toHaveLength(8);
  });

  it('are left out where the held value is too old', () => {
    const settings = {
      length: 2,
      stride: 2,
      channels: ['level', 'temperature'],
      align: 'hold',
      tolerance: 15,
    } as const;
    const { window, windows } = run(settings, two(4));
    expect(data(windows)[0]).toEqual([0, 100, 1, 100]);
    expect(window.counts).toMatchObject({ taken: 20, incomplete: 20 });
    expect(windows[1]?.gapsAt).toEqual([]);
  });

  it('are joined on the line between the neighbours, once both have come', () => {
    const settings = {
      length: 3,
      stride: 3,
      channels: ['level', 'temperature'],
      align: 'interpolate',
      tolerance: 100,
    } as const;
    const { windows } = run(settings, [
      { time: 0, payload: 10, name: 'temperature' },
      { time: 5, payload: 1, name: 'level' },
      { time: 10, payload: 2, name: 'level' },
      { time: 15, payload: 3, name: 'level' },
      { time: 20, payload: 30, name: 'temperature' },
    ]);
    expect(data(windows)).toEqual([[1, 15, 2, 20, 3, 25]]);
    expect(windows[0]?.time).toBe(15);
  });

  it('do not wait for ever for a source that is silent', () => {
    const settings = { length: 3, stride: 3, channels: ['a', 'b'], align: 'interpolate', tolerance: 50 } as const;
    const { window } = run(settings, [
      { time: 0, payload: 1, name: 'b' },
      ...every(10, 30).map((r) => ({ ...r, name: 'a' })),
    ]);
    expect(window.counts.taken).toBe(1);
    expect(window.counts.incomplete).toBeGreaterThan(20);
  });

  it('survive a clock that is set back', () => {
    const settings = { length: 5, stride: 5, channels: ['a', 'b'], align: 'hold', tolerance: 100 } as const;
    const readings = (from: number) =>
      every(10, 60).flatMap(({ time }) => ['b', 'a'].map((name) => ({ time: from + time, payload: time, name })));
    const { window, windows } = run(settings, [...readings(1e12), ...readings(0)]);
    expect(windows.at(-1)?.time).toBeLessThan(1000);
    expect(window.counts.late).toBeGreaterThan(0);
  });
});

describe('samples out of order', () => {
  it('are put in their place within the stated time, and counted', () => {
    const times = [0, 10, 30, 20, 40, 60, 50, 70, 80, 90, 100, 110, 120, 130];
    const { window, windows } = run(
      { length: 10, stride: 10, reorder: 20 },
      times.map((time) => ({ time })),
    );
    expect(data(windows)).toEqual([[0, 10, 20, 30, 40, 50, 60, 70, 80, 90]]);
    expect(windows[0]?.gaps).toBe(0);
    expect(window.counts).toMatchObject({ reordered: 2, late: 0 });
  });

  it('are late beyond it, counted and left out', () => {
    const times = [0, 10, 20, 30, 40, 50, 5, 60, 70, 80, 90, 100, 110, 120];
    const { window, windows } = run(
      { length: 10, stride: 10, reorder: 20 },
      times.map((time) => ({ time })),
    );
    expect(data(windows)[0]).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
    expect(window.counts.late).toBe(1);
  });

  it('make the same windows as in order, however they are shuffled within the time', () => {
    const steps = fc.array(
      fc.record({ step: fc.integer({ min: 1, max: 30 }), delay: fc.integer({ min: 0, max: 90 }) }),
      {
        minLength: 20,
        maxLength: 120,
      },
    );
    fc.assert(
      fc.property(steps, (drawn) => {
        let time = 0;
        const ordered = drawn.map(({ step, delay }) => ({ time: (time += step), arrives: time + delay }));
        const shuffled = ordered.toSorted((a, b) => a.arrives - b.arrives);
        const settings = { length: 10, stride: 4, rate: 100, reorder: 100, channels: ['value'] };
        const last = { time: time + 1000 };
        const expected = run({ ...settings, reorder: 0 }, ordered);
        // The last windows leave when later samples come; then follows a silence, and nothing else.
        expect(data(run(settings, [...shuffled, last]).windows)).toEqual(data(expected.windows));
      }),
    );
  });

  it('hand back what came with the last sample of the window, not with the last reading', () => {
    const readings = [0, 20, 10, 30, 40, 50].map((time) => ({ time, origin: `message ${time}` }));
    const { windows } = run({ length: 3, stride: 3, reorder: 20 }, readings);
    expect(windows.map(({ origin, time }) => [origin, time])).toEqual([['message 20', 20]]);
  });
});

describe('gaps', () => {
  const holed = every(10, 40).filter((_, n) => n !== 12 && (n < 22 || n > 26));

  it('say where in the window samples are missing', () => {
    const { windows } = run({ length: 34, stride: 34 }, holed);
    expect(windows[0]).toMatchObject({
      gaps: 6,
      gapsAt: [
        { sample: 12, missing: 1 },
        { sample: 21, missing: 5 },
      ],
    });
  });

  it('make the window start anew if they are longer than stated, where that is chosen', () => {
    const { window, windows } = run({ length: 8, stride: 8, onGap: 'restart', maxGap: 30 }, holed);
    expect(data(windows)).toEqual([
      [0, 1, 2, 3, 4, 5, 6, 7],
      [8, 9, 10, 11, 13, 14, 15, 16],
      [27, 28, 29, 30, 31, 32, 33, 34],
    ]);
    expect(window.counts.restarts).toBe(1);
  });

  it('drop the window that they lie in, where that is chosen; the others keep their turn', () => {
    const { window, windows } = run({ length: 8, stride: 8, onGap: 'drop', maxGap: 30 }, holed);
    expect(data(windows).map(([first]) => first)).toEqual([0, 8, 30]);
    expect(window.counts).toMatchObject({ dropped: 1, restarts: 0 });
  });
});

describe('resampling', () => {
  const sine = (hertz: number) => (time: number) => Math.sin((2 * Math.PI * hertz * time) / 1000);
  const sampled = (rate: number, seconds: number, of: (time: number) => number): Given[] =>
    Array.from({ length: rate * seconds }, (_, n) => ({ time: (n * 1000) / rate, payload: of((n * 1000) / rate) }));

  it('goes up on straight lines between neighbours', () => {
    const { windows } = run(
      { length: 9, stride: 9, resample: 200, rate: 100 },
      every(10, 9, (n) => n * n),
    );
    expect(data(windows)).toEqual([[0, 0.5, 1, 2.5, 4, 6.5, 9, 12.5, 16]]);
    expect(windows[0]?.payload).toMatchObject({ rate: 200, start: 0 });
  });

  it('goes down without folding what is too fast into what is slow', () => {
    const mixed = (time: number) => sine(4)(time) + sine(180)(time);
    const { windows } = run({ length: 100, stride: 100, resample: 100 }, sampled(1000, 2, mixed));
    const { data: values, start } = windows[0]?.payload ?? { data: new Float32Array(), start: NaN };
    expect(values).toHaveLength(100);
    // 180 Hz would appear as 20 Hz with its full strength.
    values.forEach((value, n) => expect(Math.abs(value - sine(4)(start + n * 10))).toBeLessThan(0.01));
  });

  it('keeps a constant constant, also from a source that is not even', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 2, max: 4 }), { minLength: 700, maxLength: 900 }), (steps) => {
        let time = 0;
        const readings = steps.map((step) => ({ time: (time += step), payload: 7.5 }));
        const { windows } = run({ length: 4, stride: 4, resample: 20, rate: 400, maxGap: 100 }, readings);
        for (const value of data(windows).flat()) expect(value).toBeCloseTo(7.5, 5);
        expect(windows.length).toBeGreaterThan(0);
      }),
      { numRuns: 30 },
    );
  });

  it('bridges a short gap and says so, and starts anew after a longer one', () => {
    const readings = every(10, 60).filter((_, n) => n !== 5 && (n < 30 || n > 36));
    const { window, windows } = run({ length: 20, stride: 20, resample: 100, maxGap: 40 }, readings);
    expect(windows[0]).toMatchObject({ gaps: 1, gapsAt: [{ sample: 5, missing: 1 }] });
    expect(data(windows)[1]?.[0]).toBe(37);
    expect(window.counts.restarts).toBe(1);
  });

  it.each([
    ['up', 100],
    ['down', 50],
  ])('never makes up a sample inside a gap, going %s', (_way, resample) => {
    const readings = every(10, 600).filter((_, n) => n < 250 || n > 255);
    const { windows } = run({ length: 10, stride: 10, resample, onGap: 'drop', maxGap: 40 }, readings);
    for (const { payload, time } of windows) {
      expect(payload.start > 2550 || time < 2500).toBe(true);
      // The grid keeps its beat across the gap.
      const beats = ((payload.start - (windows[0]?.payload.start ?? 0)) * resample) / 10_000;
      expect(beats).toBeCloseTo(Math.round(beats), 6);
    }
    expect(windows.at(-1)?.time).toBeGreaterThan(5000);
  });

  it('follows a line exactly, in either direction', () => {
    for (const resample of [130, 30]) {
      const { windows } = run(
        { length: 30, stride: 30, resample },
        every(10, 400, (n) => n),
      );
      for (const { payload } of windows) {
        payload.data.forEach((value, n) => expect(value).toBeCloseTo((payload.start + (n * 1000) / resample) / 10, 1));
      }
      expect(windows.length).toBeGreaterThan(1);
    }
  });
});

describe('batches', () => {
  const block = { x: [1, 2, 3, 4], y: Float32Array.of(5, 6, 7, 8) };

  it('are as good as their samples one by one', () => {
    const { windows } = run({ length: 3, stride: 1 }, [{ time: 1030, payload: block, rate: 100 }]);
    expect(data(windows)).toEqual([
      [1, 5, 2, 6, 3, 7],
      [2, 6, 3, 7, 4, 8],
    ]);
    expect(windows[0]?.payload).toMatchObject({ channels: ['x', 'y'], start: 1000 });
  });

  it('may bring a time for each sample, or have the rate of the window', () => {
    const timed = run({ length: 4, stride: 4 }, [{ time: 0, payload: block, times: [0, 5, 10, 15] }]);
    expect(timed.windows[0]).toMatchObject({ time: 15, payload: { start: 0, rate: 200 } });
    const stated = run({ length: 4, stride: 4, rate: 50 }, [{ time: 60, payload: block }]);
    expect(stated.windows[0]).toMatchObject({ time: 60, payload: { start: 0 } });
  });

  it('lose no sample where nobody asks for the further windows', () => {
    const window = createWindow({ length: 1, stride: 1, channels: ['x'], rate: 100 });
    const first = window.push({ time: 30, payload: block });
    const times = [first?.time, window.push({ time: 70, payload: block })?.time];
    for (let full = window.next(); full; full = window.next()) times.push(full.time);
    expect(times).toEqual([0, 10, 20, 30, 40, 50, 60, 70]);
  });

  it('are refused whole where the channels have different lengths', () => {
    const window = createWindow({ rate: 10 });
    const payload = { x: [1, 2, 3], y: [1, 2] };
    expect(() => window.push({ time: 0, payload })).toThrowError(thrown('CHANNELS_UNEQUAL', 'x: 3', 'y: 2'));
    expect(() => window.push({ time: 0, payload: { x: [1, 2], y: 3 } as never })).toThrowError(
      thrown('CHANNELS_UNEQUAL'),
    );
    expect(window.held).toBe(0);
  });

  it.each([0, -5, NaN, Infinity])('are refused with a rate of %d', (rate) => {
    expect(() => createWindow().push({ time: 0, payload: block, rate })).toThrowError(
      thrown('BATCH_RATE_INVALID', `a rate of ${rate}`),
    );
  });

  it('are refused without a rate, and with fewer times than samples', () => {
    expect(() => createWindow().push({ time: 0, payload: block })).toThrowError(
      thrown('BATCH_RATE_INVALID', 'neither'),
    );
    expect(() => createWindow().push({ time: 0, payload: block, times: [1, 2] })).toThrowError(
      thrown('BATCH_RATE_INVALID', '2 times for 4'),
    );
  });

  it('leave out what is not finite in them', () => {
    const payload = { x: [1, NaN, 3, Infinity, 5] };
    const { window, windows } = run({ length: 3, stride: 3 }, [{ time: 40, payload, rate: 100 }]);
    expect(data(windows)).toEqual([[1, 3, 5]]);
    expect(windows[0]?.gapsAt).toEqual([
      { sample: 1, missing: 1 },
      { sample: 2, missing: 1 },
    ]);
    expect(window.counts.incomplete).toBe(2);
  });
});

describe('what cannot be', () => {
  it('is a window that memory has no room for: refused when it is set up', () => {
    const large = { cut: 'trigger', before: 10_000_000, after: 1, channels: ['x'] } as const;
    expect(() => createWindow(large)).toThrowError(thrown('WINDOW_TOO_LARGE', '10000001 samples', '4194304'));
    expect(() => createWindow({ cut: 'time', seconds: 86_400, every: 86_400, rate: 1000 })).toThrowError(
      thrown('WINDOW_TOO_LARGE', '86400000'),
    );
  });

  it('is a window by time that outgrows its room: refused, and the stream goes on', () => {
    const window = createWindow({ cut: 'time', seconds: 1e9, every: 1e9, channels: ['x', 'y'] });
    const codes = new Set<unknown>();
    for (let time = 0; time < 2_200_000; time++) {
      try {
        window.push({ time, payload: { x: 1, y: 2 } });
      } catch (error) {
        codes.add((error as { code?: unknown }).code);
      }
    }
    expect([...codes]).toEqual(['WINDOW_TOO_LARGE']);
    expect(window.held).toBeLessThan(2_100_000);
  });

  it.each<[string, Partial<WindowSettings>]>([
    ['a rate below 0', { rate: -1 }],
    ['a rate that is no number', { rate: NaN }],
    ['a window that lasts no time', { cut: 'time', seconds: 0 }],
    ['a window that overlaps thousands of times', { cut: 'time', seconds: 3600, every: 0.1 }],
    ['a window with nothing after its trigger', { cut: 'trigger', after: 0 }],
    ['channels to align without names', { align: 'hold' }],
    [
      'a trigger on a channel that the window has not',
      { cut: 'trigger', channels: ['x'], crossing: { channel: 'y', level: 0, direction: 'rising' } },
    ],
  ])('is %s', (_what, settings) => {
    expect(() => createWindow(settings)).toThrowError(thrown('WINDOW_SETTINGS_INVALID'));
  });

  it('is a trigger on a channel that the first reading has not, where nobody chose the channels', () => {
    const window = createWindow({ cut: 'trigger', crossing: { channel: 'y', level: 0, direction: 'rising' } });
    const push = (payload: Sample['payload'], time: number) => window.push({ payload, time, origin: undefined });
    expect(() => push({ x: 1 }, 0)).toThrowError(thrown('WINDOW_SETTINGS_INVALID', '"y"', 'only x'));
    expect(push({ x: 1, y: 2 }, 10)).toBeUndefined();
    expect(window.channels).toEqual(['x', 'y']);
  });

  it('is a reading without a time: counted, and the others are taken', () => {
    const readings = every(10, 8).map((reading, n) => ({ ...reading, time: n === 3 ? NaN : reading.time }));
    const { window, windows } = run({ length: 7, stride: 7 }, readings);
    expect(data(windows)).toEqual([[0, 1, 2, 4, 5, 6, 7]]);
    expect(window.counts).toMatchObject({ untimed: 1, late: 0 });
  });
});
