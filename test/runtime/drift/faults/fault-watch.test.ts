import { describe, expect, it } from 'vitest';
import { createFaultWatch } from '../../../../runtime/drift/faults/create-fault-watch.ts';
import type { Fault, FaultWatch, FaultWatchOptions } from '../../../../runtime/drift/faults/types.ts';
import type { SensorFault } from '../../../../runtime/messages/index.ts';
import { seededRandom } from '../../../../runtime/numerics/index.ts';
import { autoregressive, take } from '../streams.ts';

const START = Date.UTC(2026, 0, 1);

/** A watched stream that goes at a steady rate, with the faults that began and ended. */
class Stream {
  readonly begun: (Fault & { readonly row: number })[] = [];
  readonly ended: (Fault & { readonly row: number })[] = [];
  unfit: readonly number[] = [];
  row = 0;
  /** ms by which the clock of the readings is off, and that have passed without readings. */
  off = 0;
  pause = 0;
  watch: FaultWatch;
  readonly #options: FaultWatchOptions;
  readonly #period: number;

  constructor(options: FaultWatchOptions, hertz: number) {
    this.#options = options;
    this.#period = 1000 / hertz;
    this.watch = createFaultWatch(options);
  }

  get elapsed() {
    return this.row * this.#period + this.pause;
  }

  push(values: ArrayLike<number>, missing = 0): void {
    const seen = this.watch.push(values, START + this.elapsed + this.off, missing, this.elapsed);
    this.unfit = seen.unfit;
    this.begun.push(...seen.begun.map((fault) => ({ ...fault, row: this.row })));
    this.ended.push(...seen.ended.map((fault) => ({ ...fault, row: this.row })));
    this.row++;
  }

  /** @param change what happens to each row, from 0 on */
  run(rows: number, next: () => Float64Array, change: (row: Float64Array, index: number) => void = () => undefined) {
    for (let i = 0; i < rows; i++) {
      const row = next();
      change(row, i);
      this.push(row);
    }
    return this;
  }

  /** As a restart does: what was saved goes through JSON. */
  restart(): void {
    const saved: unknown = JSON.parse(JSON.stringify(this.watch.save()));
    this.watch = createFaultWatch({ ...this.#options, saved });
  }

  get named(): [string, SensorFault][] {
    return this.begun.map(({ name, fault }) => [name, fault]);
  }
}

const NAMES = ['temperature', 'pressure', 'current'];

/** Readings of a slow thermometer in steps of half a degree, and two sensors that vary quickly. */
function machine(seed: number): () => Float64Array {
  const slow = autoregressive(seed, 0.995, 1);
  const fast = autoregressive(seed + 1000, 0.5, 2);
  return () => {
    const [warmth = 0] = slow();
    const [a = 0, b = 0] = fast();
    return Float64Array.of(Math.round(2 * (21.5 + 2 * warmth)) / 2, 100 + a, 5 + 0.2 * b);
  };
}

/** A healthy stream that is known well: with a reference, or long enough in itself. */
function healthy(hertz: number, seed = 1, options: Partial<FaultWatchOptions> = {}) {
  const next = machine(seed);
  const reference = { names: NAMES, rows: take(2000, machine(seed + 50)) };
  const stream = new Stream({ names: NAMES, reference, units: { temperature: '°C' }, ...options }, hertz);
  stream.run(1500, next);
  return { stream, next };
}

describe.each([100, 4, 1 / 60])('faults of sensors in a stream of %d rows a second', (hertz) => {
  it('names a value that stands still, in words, and says when it moves again', () => {
    const { stream, next } = healthy(hertz);
    stream.run(4000, next, (row) => (row[1] = 101.25));
    expect(stream.named).toEqual([['pressure', 'stuck']]);
    expect(stream.begun[0]?.words).toMatch(/^pressure has been 101\.3 for [\d.]+ (s|min|h)$/);
    expect(stream.unfit).toEqual([1]);
    stream.run(20, next);
    expect(stream.ended.map(({ name }) => name)).toEqual(['pressure']);
    expect(stream.unfit).toEqual([]);
  });

  it('knows that a slow thermometer repeats itself, and still finds it stuck', () => {
    const { stream, next } = healthy(hertz);
    stream.run(6000, next);
    expect(stream.begun).toEqual([]);
    stream.run(20_000, next, (row) => (row[0] = 21.5));
    expect(stream.named).toEqual([['temperature', 'stuck']]);
    expect(stream.begun[0]?.words).toContain('temperature has been 21.5 °C for');
    expect(stream.begun[0]?.value).toBeCloseTo(stream.begun[0]?.threshold ?? Infinity, 6);
  });

  it('names a silence that its rhythm does not explain, and one channel that has no values', () => {
    const { stream, next } = healthy(hertz);
    stream.pause += 40_000 / hertz + 5000;
    stream.run(300, next);
    expect(stream.named).toEqual([['', 'dropout']]);
    expect(stream.begun[0]?.words).toMatch(/^no readings came for/);
    stream.run(40, next, (row) => (row[2] = NaN));
    expect(stream.named.slice(1)).toEqual([['current', 'dropout']]);
    stream.run(40 + Math.ceil(120 * hertz), next);
    expect(stream.ended.map(({ name }) => name).sort()).toEqual(['', 'current']);
  });

  it('names single wild values, whether they lie outside of the reference or not, and leaves them out', () => {
    const { stream, next } = healthy(hertz);
    const unfit: (readonly number[])[] = [];
    for (let i = 0; i < 200; i++) {
      const row = next();
      if (i % 50 === 20) row[1] = 160;
      stream.push(row);
      if (i % 50 === 20) unfit.push(stream.unfit);
    }
    expect(stream.named).toEqual([['pressure', 'spike']]);
    expect(stream.begun[0]?.words).toMatch(/^pressure leapt up by [56]\d\.?\d* and back$/);
    expect(unfit).toEqual([[1], [1], [1], [1]]);
    stream.run(100 + Math.ceil(70 * hertz), next);
    expect(stream.ended.map(({ name }) => name)).toEqual(['pressure']);
  });

  it('names a value at the rail, and one that its unit does not know', () => {
    const { stream, next } = healthy(hertz);
    stream.run(300, next, (row) => (row[1] = 0));
    expect(stream.named).toEqual([['pressure', 'out of range']]);
    expect(stream.begun[0]?.words).toBe('pressure shows 0, which cannot be');
    stream.run(100, next);
    expect(stream.ended.map(({ name, fault }) => [name, fault])).toEqual([['pressure', 'out of range']]);
    stream.run(5, next, (row, i) => (row[0] = -300 - i));
    expect(stream.named.at(-1)).toEqual(['temperature', 'out of range']);
    expect(stream.begun.at(-1)?.words).toBe('temperature shows -302 °C, which cannot be');
  });

  it('names a clock that leaps and returns, either way, and dates rows rightly meanwhile', () => {
    const { stream, next } = healthy(hertz);
    const leap = 3_600_000 + 100_000 / hertz;
    for (const off of [leap, -leap]) {
      stream.off = off;
      const right = START + stream.elapsed;
      const { time } = stream.watch.push(next(), right + off, 0, stream.elapsed);
      stream.row++;
      expect(Math.abs(time - right)).toBeLessThan(2000 / hertz);
      stream.run(20, next);
      stream.off = 0;
      stream.run(20, next);
    }
    const { begun, ended } = stream;
    expect(begun.every(({ fault }) => fault === 'clock jump')).toBe(true);
    expect(ended.map(({ fault }) => fault)).toEqual(['clock jump', 'clock jump']);
    expect(stream.watch.push(next(), START + stream.elapsed, 0, stream.elapsed).on).toEqual([]);
  });

  it('keeps silent about drift: a level that stays, a ramp, more noise, less noise', () => {
    const changes: ((row: Float64Array, index: number) => void)[] = [
      (row) => (row[1] = (row[1] ?? 0) + 10),
      (row) => (row[1] = (row[1] ?? 0) + 60),
      (row, index) => (row[1] = (row[1] ?? 0) + index / 100),
      (row) => (row[1] = 100 + 6 * ((row[1] ?? 0) - 100)),
      (row) => (row[1] = 100 + 0.1 * ((row[1] ?? 0) - 100)),
      (row) => (row[0] = (row[0] ?? 0) + 8),
      (row) => row.forEach((value, column) => (row[column] = 1.5 * value)),
    ];
    for (const [seed, change] of changes.entries()) {
      const { stream, next } = healthy(hertz, seed + 1);
      stream.run(3000, next, change);
      stream.run(1000, next);
      expect(stream.named).toEqual([]);
    }
  });

  it('goes on exactly where it was after a restart, also in the middle of faults', () => {
    const one = healthy(hertz);
    const other = healthy(hertz);
    for (let i = 0; i < 12; i++) {
      for (const { stream, next } of [one, other]) {
        stream.run(37, next, (row, index) => {
          if (i > 2 && i < 6) row[1] = 99.5;
          if (index === 11) row[2] = 50;
          if (index === 20 && i === 4) stream.off = 7_200_000;
          if (index === 20 && i === 8) stream.pause += 60_000 / hertz + 9000;
          if (i > 6) row[0] = NaN;
        });
      }
      other.stream.restart();
    }
    expect(one.stream.begun.length).toBeGreaterThan(4);
    expect(other.stream.begun).toEqual(one.stream.begun);
    expect(other.stream.ended).toEqual(one.stream.ended);
  });
});

describe('the watch over faults', () => {
  it('gives one fault of a sensor one name, whichever features were made of it', () => {
    const names = ['rms_motor', 'kurtosis_motor', 'band_8_12_motor', 'mean_temperature', 'std_temperature'];
    const next = autoregressive(1, 0.9, names.length);
    const reference = { names, rows: take(2000, autoregressive(2, 0.9, names.length)) };
    const stream = new Stream({ names, reference }, 4).run(1000, next);
    stream.run(40, next, (row) => row.fill(0, 0, 3));
    expect(stream.named).toEqual([['motor', 'stuck']]);
    expect(stream.begun[0]?.words).toMatch(/^motor has not changed for/);
    stream.run(40, next);
    stream.run(40, next, (row) => row.set([31.25, 0], 3));
    expect(stream.named.at(-1)?.[0]).toBe('temperature');
    stream.run(40, next);
    // One feature alone: not the sensor.
    stream.run(40, next, (row) => (row[1] = 3));
    expect(stream.named.at(-1)).toEqual(['kurtosis_motor', 'stuck']);
  });

  it('does not call stuck what is constant in the reference, or hardly ever changes', () => {
    const names = ['valve', 'spare'];
    const rows = Array.from({ length: 2000 }, (_, i) => [i % 400 < 30 ? 1 : 0, 7]);
    const stream = new Stream({ names, reference: { names, rows } }, 1);
    for (let i = 0; i < 5000; i++) stream.push([i % 1000 < 30 ? 1 : 0, 7]);
    expect(stream.begun).toEqual([]);
  });

  it('does not call a leap of the whole machine a spike of a sensor', () => {
    const { stream, next } = healthy(4);
    stream.run(200, next, (row, i) => {
      if (i % 40 === 10) row.forEach((value, column) => (row[column] = value + 100));
    });
    expect(stream.named).toEqual([]);
  });

  it('learns from the stream what is usual where there is no reference', () => {
    const next = machine(3);
    const stream = new Stream({ names: NAMES }, 4).run(5000, next);
    expect(stream.begun).toEqual([]);
    stream.run(100, next, (row, i) => {
      row[1] = 99;
      if (i === 50) row[2] = 80;
    });
    expect(stream.named).toEqual([
      ['pressure', 'stuck'],
      ['current', 'spike'],
    ]);
  });

  it('says of a stream that is silent that it is, before the next row comes', () => {
    const { stream } = healthy(4);
    const { silentFrom = NaN } = stream.watch;
    expect(silentFrom - stream.elapsed).toBeGreaterThan(1500);
    expect(silentFrom - stream.elapsed).toBeLessThan(10_000);
    expect(stream.watch.silent(silentFrom - 1).begun).toEqual([]);
    const [fault] = stream.watch.silent(silentFrom).begun;
    expect(fault).toMatchObject({ name: '', fault: 'dropout' });
    expect(stream.watch.silentFrom).toBeUndefined();
  });

  it('takes rows that were held up and come in a bunch for what they are', () => {
    const { stream, next } = healthy(4);
    let arrived = stream.elapsed;
    for (let i = 0; i < 400; i++) {
      // For a minute nothing gets through, then all of it at once.
      if (i === 240) arrived = stream.elapsed;
      else if (i < 1 || i > 240) arrived = stream.elapsed;
      else if (i < 240) arrived = stream.elapsed + 250 * (240 - i);
      const seen = stream.watch.push(next(), START + stream.elapsed, 0, arrived);
      expect(seen.begun).toEqual([]);
      stream.row++;
    }
  });

  it('calls a gap of a recording that is played faster than it was made a silence', () => {
    const { next } = healthy(4);
    const watch = createFaultWatch({ names: NAMES });
    let time = START;
    const begun: Fault[] = [];
    for (let i = 0; i < 2000; i++) {
      time += i === 1500 ? 600_000 : 250;
      begun.push(...watch.push(next(), time, 0, i).begun);
    }
    expect(begun.map(({ fault, value }) => [fault, value])).toEqual([['dropout', 600]]);
  });

  it('is not led astray by a state of something else, or by a time that is none', () => {
    const { next } = healthy(4);
    for (const saved of [undefined, null, 7, {}, { format: 9 }, createFaultWatch({ names: ['a'] }).save()]) {
      const watch = createFaultWatch({ names: NAMES, saved });
      expect(watch.push(next(), START).begun).toEqual([]);
      expect(watch.push(next(), NaN).begun).toEqual([]);
      expect(watch.push([NaN, Infinity, -Infinity], START + 1).begun).toEqual([]);
    }
  });
});

describe('healthy streams', () => {
  const quantised = (seed: number, phi: number, step: number) => {
    const next = autoregressive(seed, phi);
    return () => next().map((value) => Math.round(value / step) * step);
  };
  it.each([
    ['independent', (seed: number) => autoregressive(seed, 0)],
    ['AR(.5)', (seed: number) => autoregressive(seed, 0.5)],
    ['AR(.97)', (seed: number) => autoregressive(seed, 0.97)],
    ['AR(.999)', (seed: number) => autoregressive(seed, 0.999)],
    ['in coarse steps', (seed: number) => quantised(seed, 0.97, 0.25)],
    ['slow and in coarse steps', (seed: number) => quantised(seed, 0.999, 0.125)],
  ])('have no faults: %s', (_, make) => {
    const names = Array.from({ length: 10 }, (__, index) => `f${index}`);
    for (const seed of [1, 2, 3]) {
      const reference = seed === 3 ? {} : { reference: { names, rows: take(2000, make(seed + 100)) } };
      const stream = new Stream({ names, ...reference }, 4).run(15_000, make(seed));
      expect(stream.named).toEqual([]);
    }
  });
});

describe('rows that come a window at a time', () => {
  it('are no silence from one window to the next; windows that do not come are', () => {
    const watch = createFaultWatch({ names: ['temperature'] });
    const value = autoregressive(3, 0.5, 1);
    const push = (arrived: number) => {
      for (let row = 0; row < 60; row++) watch.push(value(), arrived - 60_000 + 1000 * row, 0, arrived);
    };
    for (let window = 1; window <= 200; window++) {
      expect(watch.silentFrom ?? Infinity, `before window ${window}`).toBeGreaterThan(60_000 * window);
      push(60_000 * window);
    }
    expect(watch.push(value(), 200 * 60_000, 0, 200 * 60_000).on).toEqual([]);
    push(210 * 60_000);
    expect(watch.push(value(), 210 * 60_000, 0, 210 * 60_000).on.map(({ fault }) => fault)).toEqual(['dropout']);
  });
});

it('knows a clock that jumps for what it is soon after rows have come all at once', () => {
  const watch = createFaultWatch({ names: ['a'] });
  const random = seededRandom(4);
  // Sixty rows waited for the reference; then they come as they are measured, four a second.
  const arrivalOf = (row: number) => (row < 60 ? 2 * row : 120 + 250 * (row - 60));
  const kinds: string[] = [];
  for (let row = 0; row < 120; row++) {
    const ahead = row < 100 ? 0 : 3_600_000;
    const { begun } = watch.push([random()], 1_700_000_000_000 + 250 * row + ahead, 0, arrivalOf(row));
    kinds.push(...begun.map(({ fault }) => fault));
  }
  expect(kinds).toEqual(['clock jump']);
});
