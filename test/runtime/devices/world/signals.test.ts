import { describe, expect, it } from 'vitest';
import { setSignal } from '../../../../runtime/devices/world/signals/message.ts';
import { type SignalSpec, signalSpec, signalTypes } from '../../../../runtime/devices/world/signals/schema.ts';
import { createSignal } from '../../../../runtime/devices/world/signals/signal.ts';

type Settings = { readonly type: SignalSpec['type'] } & Readonly<Record<string, unknown>>;
const make = (settings: Settings, seed = 1) =>
  createSignal(signalSpec.parse(settings), { seed, stream: 40, name: 'one' });
/** Its values at a rate. */
const sampled = (settings: Settings, count: number, rate = 100, seed = 1) => {
  const signal = make(settings, seed);
  return Array.from({ length: count }, (_, i) => signal.at(i / rate));
};
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const sd = (values: readonly number[]) => {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
};
/** How much of a frequency there is: the amplitude of its sine. */
const amplitudeAt = (values: readonly number[], rate: number, hertz: number) => {
  const angle = (i: number) => (2 * Math.PI * hertz * i) / rate;
  const part = (wave: (angle: number) => number) => mean(values.map((value, i) => value * wave(angle(i))));
  return 2 * Math.hypot(part(Math.sin), part(Math.cos));
};
const correlation = (values: readonly number[], lag: number) => {
  const centre = mean(values);
  const pairs = values.slice(lag).map((value, i) => (value - centre) * ((values[i] ?? NaN) - centre));
  return mean(pairs) / sd(values) ** 2;
};

describe('every signal of a world', () => {
  const csv = `value\n${Array.from({ length: 50 }, (_, i) => Math.sin(i)).join('\n')}`;
  it.each(signalTypes)(
    'gives the same for the same seed, at whatever rate and in whatever order it is asked: %s',
    (type) => {
      const [fast, slow] = [make({ type, csv }), make({ type, csv })];
      const times = Array.from({ length: 400 }, (_, i) => i / 100);
      const values = new Map(times.map((time) => [time, fast.at(time)]));
      for (const time of [...times].reverse().filter((_, i) => i % 10 === 0)) {
        expect(slow.at(time)).toBe(values.get(time));
      }
    },
  );

  it.each(['noise', 'walk'] as const)('is another for another seed: %s', (type) => {
    expect(sampled({ type }, 100, 100, 1)).not.toEqual(sampled({ type }, 100, 100, 2));
  });

  it('takes its settings as text too, as dialogs save them, and refuses what is no number', () => {
    expect(make({ type: 'constant', value: '2.5' }).at(0)).toBe(2.5);
    expect(signalSpec.safeParse({ type: 'sine', frequency: 'fast' }).success).toBe(false);
    expect(signalSpec.safeParse({ type: 'harmonics', amplitudes: '1, much' }).success).toBe(false);
    expect(signalSpec.safeParse({ type: 'steps', levels: '1 0' }).success).toBe(false);
  });
});

describe('a sine and a tone with overtones', () => {
  it('has its frequency, its amplitude and nothing else', () => {
    const values = sampled({ type: 'sine', around: 20, amplitude: 3, frequency: 7 }, 1000);
    expect(mean(values)).toBeCloseTo(20, 6);
    expect(amplitudeAt(values, 100, 7)).toBeCloseTo(3, 6);
    expect(amplitudeAt(values, 100, 6)).toBeCloseTo(0, 6);
  });

  it('is ahead by its phase', () => {
    expect(make({ type: 'sine', amplitude: 2, phase: 90 }).at(0)).toBeCloseTo(2, 12);
  });

  it('has each overtone as strong as it was asked for, days later too', () => {
    const signal = make({ type: 'harmonics', frequency: 5, amplitudes: '1, 0.5, 0, 0.25' });
    for (const from of [0, 1_000_000]) {
      const values = Array.from({ length: 1000 }, (_, i) => signal.at(from + i / 100));
      expect([5, 10, 15, 20, 25].map((hertz) => Math.round(amplitudeAt(values, 100, hertz) * 1e5) / 1e5)).toEqual([
        1, 0.5, 0, 0.25, 0,
      ]);
    }
  });
});

describe('noise', () => {
  it('has its standard deviation, no mean, and forgets at once when it is white', () => {
    const values = sampled({ type: 'noise', sd: 2 }, 20_000);
    expect(sd(values)).toBeCloseTo(2, 1);
    expect(Math.abs(mean(values))).toBeLessThan(0.05);
    expect(Math.abs(correlation(values, 1))).toBeLessThan(0.03);
    // Of a normal distribution 4.6 % lie beyond two standard deviations.
    expect(values.filter((value) => Math.abs(value) > 4).length / values.length).toBeCloseTo(0.0455, 2);
  });

  it('has the same deviation when it is smooth, and remembers for as long as it is told', () => {
    const values = sampled({ type: 'noise', sd: 2, memory: 1 }, 100_000, 10);
    expect(sd(values)).toBeCloseTo(2, 1);
    expect(correlation(values, 2)).toBeGreaterThan(0.9);
    expect(Math.abs(correlation(values, 20))).toBeLessThan(0.1);
  });
});

describe('steps, drift and a random walk', () => {
  it('goes from level to level and begins again', () => {
    const signal = make({ type: 'steps', levels: '20 10, 30 5' });
    expect([0, 9.99, 10, 14.99, 15, 24.99, 25].map((seconds) => signal.at(seconds))).toEqual([
      20, 20, 30, 30, 20, 20, 30,
    ]);
  });

  it('drifts by so much an hour, as far as it is let', () => {
    const signal = make({ type: 'drift', around: 5, perHour: -2, most: 3 });
    expect(signal.at(1800) - signal.at(0)).toBeCloseTo(-1, 12);
    expect([0, 3600, 5400, 86_400].map((seconds) => signal.at(seconds))).toEqual([5, 3, 2, 2]);
  });

  it('walks by its deviation in a minute, more the longer it goes, and never jumps', () => {
    const after = (seconds: number) =>
      sd(Array.from({ length: 400 }, (_, seed) => make({ type: 'walk', perMinute: 3 }, seed).at(seconds)));
    expect(after(60) / 3).toBeGreaterThan(0.85);
    expect(after(60) / 3).toBeLessThan(1.15);
    expect(after(960) / 12).toBeGreaterThan(0.85);
    expect(after(960) / 12).toBeLessThan(1.15);
    const values = sampled({ type: 'walk', perMinute: 3 }, 20_000);
    const moves = values.slice(1).map((value, i) => value - (values[i] ?? NaN));
    expect(sd(moves)).toBeCloseTo(3 / Math.sqrt(6000), 2);
    expect(Math.max(...moves.map(Math.abs))).toBeLessThan(0.3);
  });

  it('turns back at its bound', () => {
    const values = sampled({ type: 'walk', around: 10, perMinute: 20, most: 4 }, 60_000, 10);
    expect(Math.max(...values)).toBeLessThanOrEqual(14);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(6);
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(7);
  });
});

describe('a recording', () => {
  const csv = 'time;celsius;place\n0;20,5;in\n1;21;in\n2;;out\n3;-4e1;out';
  const recording = { type: 'replay', csv, column: 'celsius', rate: 2 } as const;

  it('is played at its rate, over and over; an empty cell is a gap', () => {
    const signal = make(recording);
    expect([0, 0.49, 0.5, 1, 1.5, 2, 2.5].map((seconds) => signal.at(seconds))).toEqual([
      20.5,
      20.5,
      21,
      NaN,
      -40,
      20.5,
      21,
    ]);
  });

  it('ends where it ends when it is not to begin again', () => {
    const signal = make({ ...recording, loops: false });
    expect([1.99, 2, 100].map((seconds) => signal.at(seconds))).toEqual([-40, NaN, NaN]);
  });

  it('takes the first column where none is named', () => {
    expect(make({ ...recording, column: '' }).at(0.5)).toBe(1);
  });

  it.each([
    [{ column: 'fahrenheit' }, 'no column "fahrenheit" (it has time, celsius, place)'],
    [{ column: 'place' }, 'line 2 of the recording has "in"'],
    [{ csv: '' }, 'has no rows'],
    [{ csv: 'celsius' }, 'has no rows'],
    [{ csv: `celsius\n${'1\n'.repeat(100_001)}` }, 'more than 100000'],
  ])('says what is wrong with it: %#', (wrong, words) => {
    expect(() => make({ ...recording, ...wrong })).toThrow(
      expect.objectContaining({
        code: 'SIGNAL_INVALID',
        message: expect.stringContaining(words) as string,
        hint: expect.stringContaining('"one"') as string,
      }),
    );
  });
});

describe('a signal that a message sets', () => {
  it('goes most of the way in its time, from where it is, and stays', () => {
    const signal = setSignal(10, 0.5);
    expect(signal.at(3)).toBe(10);
    signal.set(20);
    expect(signal.at(3.5)).toBeCloseTo(20 - 10 / Math.E, 9);
    signal.set(0);
    expect(signal.at(3.5)).toBeCloseTo(20 - 10 / Math.E, 9);
    expect(signal.at(20)).toBeCloseTo(0, 9);
  });

  it('jumps where it is told to', () => {
    const signal = setSignal(10, 0);
    signal.at(1);
    signal.set(20);
    expect(signal.at(1.001)).toBe(20);
  });
});
