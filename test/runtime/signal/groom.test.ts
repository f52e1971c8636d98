/** What the edge does before it relays, each step against its definition. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGroom, type Groomed, type GroomStep } from '../../../runtime/signal/index.ts';
import { converter, UNIT_SYMBOLS } from '../../../runtime/signal/groom/units.ts';
import type { ReadingPayload } from '../../../runtime/messages/index.ts';

interface Message {
  readonly payload: ReadingPayload;
  readonly time: number;
  readonly id?: string;
  readonly unit?: string;
}

const at = (time: number, payload: ReadingPayload, more: Partial<Message> = {}): Message => ({
  time,
  payload,
  ...more,
});
/** One value every 100 ms. */
const series = (values: readonly number[], period = 100) => values.map((value, n) => at(n * period, value));

/** Everything that is sent of these readings, to the end of the stream. */
function run(steps: readonly GroomStep[], messages: readonly Message[]) {
  const groom = createGroom<Message>(steps);
  const sent: Groomed<Message>[] = messages.flatMap((message) => groom.take({ ...message, origin: message }));
  const before = groom.counts;
  sent.push(...groom.flush());
  return { groom, sent, values: sent.map(({ payload }) => payload), before };
}

const range = (low: number, high: number, channels: string[] = []): GroomStep => ({
  type: 'range',
  channels,
  low,
  high,
});
const unit = (from: '' | '°C' | 'g', to: '°F' | 'm/s²' | 'K', channels: string[] = []): GroomStep => ({
  ...{ type: 'unit', channels, from, to },
});
const outliers = (window: number, sigmas = 3, least = 0): GroomStep => ({
  type: 'outliers',
  channels: [],
  window,
  sigmas,
  least,
});
const duplicates = (by: 'value' | 'id', within = 0): GroomStep => ({ type: 'duplicates', channels: [], by, within });
const deadband = (amount: number, heartbeat = 0, percent = false): GroomStep => ({
  ...{ type: 'deadband', channels: [], amount, percent, heartbeat },
});
const aggregate = (period: number, ...summaries: ('min' | 'mean' | 'max' | 'last')[]): GroomStep => ({
  ...{ type: 'aggregate', channels: [], period, summaries },
});
const compress = (deviation: number, longest = 0): GroomStep => ({
  type: 'compress',
  channels: [],
  deviation,
  longest,
});

const numbers = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 1, maxLength: 80 });
/** Values at times that rise unevenly. */
const uneven = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: -40, max: 40 })), {
    minLength: 1,
    maxLength: 120,
  })
  .map((drawn) => {
    let time = 0;
    return drawn.map(([step, value]) => at((time += step), value / 4));
  });
const valueOf = ({ payload }: { readonly payload: ReadingPayload }) => payload as number;

describe('steps one after the other', () => {
  it('keep the summaries of a channel apart', () => {
    const messages = series([0, 10, 0, 10, 0, 10, 0, 10], 500);
    const { values } = run([aggregate(1, 'min', 'max'), aggregate(3, 'mean')], messages);
    expect(values).toEqual([
      { min: 0, max: 10 },
      { min: 0, max: 10 },
    ]);
  });

  it('count every value, also those of a reading that is refused, and those that overflow', () => {
    const groom = createGroom<Message>([unit('', 'K')]);
    const message = at(0, { x: 1, y: 'text', z: null } as never);
    expect(() => groom.take({ ...message, origin: message })).toThrow();
    const { taken, sent, held, dropped } = groom.counts;
    expect(taken).toBe(3);
    expect(sent + held + Object.values(dropped).reduce((sum, each) => sum + each, 0)).toBe(3);
    const { values, groom: other } = run([aggregate(1, 'mean')], series([1.7e308, -1.7e308, 1.7e308], 100));
    expect(values).toEqual([]);
    expect(other.counts.dropped.invalid).toBe(1);
  });

  it('leave a reading its shape', () => {
    expect(run([], [at(0, { value: 3 }), at(1, 4)]).values).toEqual([{ value: 3 }, 4]);
  });
});

describe('range', () => {
  it('leaves out what lies outside, of each channel on its own, and counts it', () => {
    const { groom, values } = run(
      [range(-3, 3, ['x']), range(-40, 85, ['t'])],
      [at(0, { x: 1, t: 20 }), at(1, { x: 5, t: 20 }), at(2, { x: 5, t: 200 }), at(3, { x: 3, t: -40 })],
    );
    expect(values).toEqual([{ x: 1, t: 20 }, { t: 20 }, { x: 3, t: -40 }]);
    expect(groom.counts).toMatchObject({ taken: 8, sent: 5, held: 0, dropped: { range: 3 } });
  });
});

describe('outliers', () => {
  it('leaves out a lone spike and follows a value that stays', () => {
    const noise = (n: number) => [0, 0.1, -0.1, 0.05, -0.05][n % 5] as number;
    const signal = Array.from({ length: 60 }, (_, n) => (n === 20 ? 50 : n < 40 ? 0 : 10) + noise(n));
    const { groom, values } = run([outliers(7)], series(signal));
    expect(values).not.toContain(signal[20]);
    expect(values.slice(-10)).toEqual(signal.slice(-10));
    expect(groom.counts.dropped.outliers).toBeLessThan(8);
  });

  it('is, value by value, what its definition gives', () => {
    const median = (values: readonly number[]) => {
      const sorted = values.toSorted((a, b) => a - b);
      const half = sorted.length >> 1;
      return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
    };
    const drawn = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(drawn, fc.integer({ min: 3, max: 12 }), (values, window) => {
        const kept = values.filter((value, n) => {
          if (n + 1 < window) return true;
          const last = values.slice(n + 1 - window, n + 1);
          const middle = median(last);
          const scatter = 1.4826022185056018 * median(last.map((each) => Math.abs(each - middle)));
          return Math.abs(value - middle) <= Math.max(2 * scatter, 0.5);
        });
        expect(run([outliers(window, 2, 0.5)], series(values)).values).toEqual(kept);
      }),
    );
  });
});

describe('duplicates', () => {
  it('leaves out a repeated value until the time is over', () => {
    const { values, groom, sent } = run([duplicates('value', 0.25)], series([1, 1, 1, 1, 2, 2, 1]));
    expect(values).toEqual([1, 1, 2, 1]);
    expect(sent.map(({ time }) => time)).toEqual([0, 300, 400, 600]);
    expect(groom.counts.dropped.duplicates).toBe(3);
  });

  it('leaves out a message that came before, all its channels', () => {
    const messages = ['a', 'b', 'a', undefined, undefined, 'c'].map((id, n) =>
      at(n, { x: n, y: n }, id === undefined ? {} : { id }),
    );
    const { sent, groom } = run([duplicates('id')], messages);
    expect(sent.map(({ time }) => time)).toEqual([0, 1, 3, 4, 5]);
    expect(groom.counts.dropped.duplicates).toBe(2);
  });
});

describe('unit', () => {
  it.each([
    ['°C', '°F', 100, 212],
    ['°F', '°C', -40, -40],
    ['K', '°C', 0, -273.15],
    ['g', 'm/s²', 1, 9.80665],
    ['m/s²', 'g', 9.80665, 1],
    ['bar', 'kPa', 1, 100],
    ['psi', 'Pa', 1, 6894.757293168361],
    ['atm', 'mmHg', 1, 759.9998917256],
    ['V', 'mV', 3.3, 3300],
    ['rpm', 'Hz', 3000, 50],
    ['km/h', 'm/s', 36, 10],
    ['kWh', 'kJ', 1, 3600],
    ['in', 'mm', 1, 25.4],
    ['L/min', 'm³/h', 100, 6],
  ])('makes of %s %s: %d are %d', (from, to, value, expected) => {
    expect(converter(from, to)?.(value)).toBeCloseTo(expected, 9);
  });

  it('goes there and back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...UNIT_SYMBOLS),
        fc.constantFrom(...UNIT_SYMBOLS),
        fc.integer({ min: -500, max: 500 }),
        (a, b, n) => {
          const [there, back] = [converter(a, b), converter(b, a)];
          expect(there === undefined).toBe(back === undefined);
          if (there && back) expect(Math.abs(back(there(n)) - n)).toBeLessThan(1e-9 * Math.max(1, Math.abs(n)) * 1000);
        },
      ),
    );
  });

  it('says the new unit, and none where the channels no longer have one in common', () => {
    expect(run([unit('°C', '°F')], [at(0, 20, { unit: '°C' })]).sent).toMatchObject([{ payload: 68, unit: '°F' }]);
    expect(run([unit('', '°F')], [at(0, 20, { unit: '°C' })]).sent).toMatchObject([{ payload: 68, unit: '°F' }]);
    expect(run([unit('g', 'm/s²', ['x'])], [at(0, { x: 1, t: 20 })]).sent[0]?.unit).toBeNull();
    expect(run([range(0, 100)], [at(0, 20, { unit: '°C' })]).sent[0]).not.toHaveProperty('unit');
  });

  it('refuses what it cannot convert, whole, counts it and goes on', () => {
    expect(() => createGroom([unit('g', '°F')])).toThrowError(
      expect.objectContaining({ code: 'UNIT_UNKNOWN' }) as Error,
    );
    const groom = createGroom<Message>([duplicates('value'), unit('°C', '°F', ['t'])]);
    const take = (message: Message) => groom.take({ ...message, origin: message });
    const wrong = at(0, { x: 1, t: 68 }, { unit: '°F' });
    expect(() => take(wrong)).toThrowError(
      expect.objectContaining({ code: 'UNIT_MISMATCH', message: expect.stringContaining('°F') as string }) as Error,
    );
    expect(take(at(1, { x: 1, t: 20 }, { unit: '°C' }))[0]?.payload).toEqual({ x: 1, t: 68 });
    expect(groom.counts).toMatchObject({ taken: 4, sent: 2, dropped: { unit: 2 } });
  });

  it('refuses a reading without a unit where none was stated', () => {
    expect(() => run([unit('', 'K')], [at(0, 20)])).toThrowError(
      expect.objectContaining({ code: 'UNIT_UNKNOWN' }) as Error,
    );
  });
});

describe('dead-band', () => {
  it('leaves out what hardly differs from what was sent last, not from what came last', () => {
    expect(run([deadband(1)], series([0, 0.6, 1, 1.2, 2, 2.3, 0])).values).toEqual([0, 1.2, 2.3, 0]);
  });

  it('may be in per cent of it', () => {
    expect(run([deadband(10, 0, true)], series([100, 109, 111, 121, 123, -100])).values).toEqual([100, 111, 123, -100]);
  });

  it('sends even so after the longest silence', () => {
    expect(run([deadband(1, 0.5)], series(Array.from({ length: 13 }, () => 7))).sent.map(({ time }) => time)).toEqual([
      ...[0, 500, 1000],
    ]);
  });

  it('never leaves out more than the band', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 100 }), (values, amount) => {
        const { sent } = run([deadband(amount)], series(values));
        for (const [n, value] of values.entries()) {
          const last = sent.filter(({ time }) => time <= n * 100).at(-1);
          expect(Math.abs(value - valueOf(last!))).toBeLessThanOrEqual(amount);
        }
      }),
    );
  });
});

describe('aggregate', () => {
  it('sends one summary a period, with the period’s times, and none for an empty one', () => {
    const { sent, before } = run(
      [aggregate(10, 'mean')],
      [...[at(12_000, 1), at(15_000, 2), at(19_999, 6), at(20_000, 7), at(61_000, 9)]],
    );
    expect(sent.map(({ payload, start, time }) => [payload, start, time])).toEqual([
      [3, 10_000, 20_000],
      [7, 20_000, 30_000],
      [9, 60_000, 70_000],
    ]);
    expect(before).toMatchObject({ taken: 5, sent: 2, held: 1, dropped: { aggregate: 4 } });
  });

  it('names several summaries, of a plain number too', () => {
    expect(run([aggregate(1, 'min', 'max')], series([3, 1, 2])).values).toEqual([{ min: 1, max: 3 }]);
    const { values } = run([aggregate(1, 'mean', 'last')], [at(0, { x: 1, y: 5 }), at(1, { x: 3, y: 7 })]);
    expect(values).toEqual([{ x_mean: 2, x_last: 3, y_mean: 6, y_last: 7 }]);
  });

  it('is the same as the summaries of each period’s values together', () => {
    fc.assert(
      fc.property(uneven, (messages) => {
        const { sent } = run([aggregate(1, 'min', 'mean', 'max', 'last')], messages);
        const periods = new Map<number, Message[]>();
        for (const message of messages) {
          const start = Math.floor(message.time / 1000) * 1000;
          periods.set(start, [...(periods.get(start) ?? []), message]);
        }
        expect(sent.map(({ start }) => start)).toEqual([...periods.keys()]);
        sent.forEach(({ payload, start }) => {
          const values = periods.get(start as number)!.map(valueOf);
          const mean = values.reduce((a, b) => a + b) / values.length;
          expect(payload).toMatchObject({ min: Math.min(...values), max: Math.max(...values), last: values.at(-1) });
          expect((payload as { mean: number }).mean).toBeCloseTo(mean, 9);
        });
      }),
    );
  });

  it('counts what comes after its period was sent, and follows a clock that is set back', () => {
    const late = run([aggregate(1, 'last')], [at(500, 1), at(1500, 2), at(700, 3), at(2500, 4)]);
    expect(late.values).toEqual([1, 2, 4]);
    expect(late.groom.counts.dropped.late).toBe(1);
    const back = run([aggregate(1, 'last')], [at(1e12, 1), ...series(Array.from({ length: 50 }, (_, n) => n))]);
    expect(back.values.at(-1)).toBe(49);
    expect(back.groom.counts.dropped.late).toBe(9);
  });
});

describe('compress', () => {
  /** The value at this time on the line between what was sent. */
  const line = (sent: readonly Groomed<Message>[], time: number): number => {
    const after = sent.findIndex((each) => each.time >= time);
    const [b, a] = [sent[after]!, sent[after - 1]];
    if (b.time === time || !a) return valueOf(b);
    return valueOf(a) + ((valueOf(b) - valueOf(a)) * (time - a.time)) / (b.time - a.time);
  };

  it('keeps of a line its ends, and of a corner the corner', () => {
    const values = Array.from({ length: 21 }, (_, n) => (n <= 10 ? n : 20 - n));
    const { values: kept, groom, before } = run([compress(0.01)], series(values));
    expect(kept).toEqual([0, 10, 0]);
    expect(groom.counts).toMatchObject({ taken: 21, sent: 3, dropped: { compress: 18 } });
    expect(before).toMatchObject({ sent: 2, held: 1 });
  });

  it('tells every reading by straight lines between those that it keeps, within the deviation', () => {
    fc.assert(
      fc.property(uneven, fc.integer({ min: 0, max: 40 }), (messages, tenth) => {
        const deviation = tenth / 10;
        const { sent, groom } = run([compress(deviation)], messages);
        for (const message of messages) {
          expect(Math.abs(line(sent, message.time) - valueOf(message))).toBeLessThanOrEqual(deviation + 1e-9);
        }
        for (const { origin, payload, time } of sent) expect([payload, time]).toEqual([origin.payload, origin.time]);
        const { taken, sent: count, dropped } = groom.counts;
        expect(count + dropped.compress).toBe(taken);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps one after the longest time', () => {
    const { sent } = run([compress(1, 1)], series(Array.from({ length: 40 }, () => 5)));
    expect(sent.map(({ time }) => time)).toEqual([0, 1000, 2000, 3000, 3900]);
  });

  it('keeps what a noisy slow signal is worth', () => {
    const values = Array.from({ length: 5000 }, (_, n) => 20 + 5 * Math.sin(n / 800) + 0.02 * Math.sin(n * 7));
    expect(run([compress(0.1)], series(values)).sent.length).toBeLessThan(150);
  });

  it('counts what comes too late, and follows a clock that is set back', () => {
    const { sent, groom } = run(
      [compress(0.1)],
      [at(1e12, 1), at(1e12 + 1, 5), ...series([...Array(40).keys()].map((n) => n % 2))],
    );
    expect(sent.at(-1)?.time).toBe(3900);
    expect(groom.counts.dropped.late).toBe(9);
  });
});

describe('steps together', () => {
  it('run in their order', () => {
    const messages = [at(0, 20, { unit: '°C' }), at(1, 30, { unit: '°C' })];
    expect(run([unit('°C', '°F'), range(80, 90)], messages).values).toEqual([86]);
    expect(run([range(80, 90), unit('°C', '°F')], messages).values).toEqual([]);
  });

  it('lose nothing that is held back by several of them', () => {
    const { values } = run([aggregate(1, 'mean'), compress(0.001)], series([...Array(50).keys()].map((n) => n * n)));
    const means = [0, 1, 2, 3, 4].map((s) => [...Array(10).keys()].reduce((sum, n) => sum + (s * 10 + n) ** 2, 0) / 10);
    values.forEach((value, n) => expect(value).toBeCloseTo(means[n] as number, 9));
    expect(values).toHaveLength(5);
  });

  it('account for every value that they take', () => {
    const steps = [range(-8, 8), outliers(5), duplicates('value'), deadband(0.5), compress(1)];
    fc.assert(
      fc.property(uneven, (messages) => {
        const groom = createGroom<Message>(steps);
        for (const message of messages) groom.take({ ...message, origin: message });
        const { taken, sent, held, dropped } = groom.counts;
        expect(sent + held + Object.values(dropped).reduce((a, b) => a + b)).toBe(taken);
        expect(taken).toBe(messages.length);
      }),
    );
  });

  it('hand back the message that each reading came with, in order of time', () => {
    const messages = series([0, 1, 2, 3, 2, 1, 0]).map((message, n) => ({ ...message, id: `r${n}` }));
    expect(run([compress(0.1)], messages).sent.map(({ origin }) => origin.id)).toEqual(['r0', 'r3', 'r6']);
  });
});

describe('bad input', () => {
  it('is counted where a value is no finite number, and the other channels go on', () => {
    const { values, groom } = run(
      [],
      [at(0, { x: NaN, y: 1 }), at(1, { x: Infinity, y: 2 }), at(2, { x: null, y: 3 } as never)],
    );
    expect(values).toEqual([{ y: 1 }, { y: 2 }, { y: 3 }]);
    expect(groom.counts.dropped.invalid).toBe(3);
  });

  it('is counted where there is no time', () => {
    expect(run([], [at(NaN, 1), at(1, 2)])).toMatchObject({ values: [2], before: { dropped: { invalid: 1 } } });
  });

  it.each([['on'], [{ state: 'on' }], [null]])('is refused where there is no number in %j', (payload) => {
    expect(() => createGroom([]).take({ payload: payload as never, time: 0, origin: {} })).toThrowError(
      expect.objectContaining({ code: 'READING_NOT_NUMERIC' }) as Error,
    );
  });

  it('does not fill the memory with channels of ever new names', () => {
    const { groom } = run(
      [],
      Array.from({ length: 1000 }, (_, n) => at(n, { [`c${n}`]: n })),
    );
    expect(groom.counts).toMatchObject({ sent: 256, dropped: { invalid: 744 } });
  });
});
