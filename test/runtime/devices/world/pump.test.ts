import { describe, expect, it } from 'vitest';
import {
  countsToVolts,
  createWorld,
  quantise,
  readChannels,
  STANDARD_CHANNELS,
  toUnit,
} from '../../../../runtime/devices/index.ts';

const SECOND = 100;

/** Rows of x, y, z and temperature at 100 Hz, the first ones after a change left out. */
function record(seed: number, change: object, seconds: number): number[][] {
  const world = createWorld({ scene: 'pump', seed });
  world.set(change);
  const rows = Array.from({ length: seconds * SECOND }, (_, i) => readChannels(world, STANDARD_CHANNELS, i * 10));
  return rows.slice(3 * SECOND);
}

/** Of each second of channel x: how strong, how spiky, how much of it is fast. */
function features(rows: readonly number[][]): { rms: number; kurtosis: number; rough: number }[] {
  const seconds = Math.floor(rows.length / SECOND);
  return Array.from({ length: seconds }, (_, second) => {
    const x = rows.slice(second * SECOND, (second + 1) * SECOND).map(([value = 0]) => value);
    const mean = x.reduce((sum, v) => sum + v, 0) / SECOND;
    const centred = x.map((v) => v - mean);
    const power = centred.reduce((sum, v) => sum + v * v, 0) / SECOND;
    const fourth = centred.reduce((sum, v) => sum + v ** 4, 0) / SECOND;
    const steps = centred.slice(1).reduce((sum, v, i) => sum + (v - (centred[i] ?? 0)) ** 2, 0) / SECOND;
    return { rms: Math.sqrt(power), kurtosis: fourth / power ** 2, rough: steps / power };
  });
}

const quantile = (values: readonly number[], q: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? NaN;

describe('the pump of a virtual board', () => {
  it('gives the same readings for the same seed and others for another', () => {
    expect(record(7, {}, 5)).toEqual(record(7, {}, 5));
    expect(record(7, {}, 5)).not.toEqual(record(8, {}, 5));
  });

  it('gives the same readings at an instant, however often it was read before', () => {
    const often = createWorld({ scene: 'pump', seed: 3 });
    const seldom = createWorld({ scene: 'pump', seed: 3 });
    for (let time = 0; time < 5000; time += 10) often.read(time);
    for (let time = 0; time < 5000; time += 50) seldom.read(time);
    for (const [pin, volts] of Object.entries(often.read(5000).volts)) {
      expect(seldom.read(5000).volts[pin]).toBeCloseTo(volts, 9);
    }
  });

  it('shows a worn bearing as spikes and a blocked inlet as roughness, while the strength alone tells little', () => {
    const well = features(record(1, {}, 240));
    const worn = features(record(2, { bearing: 'worn' }, 240));
    const blocked = features(record(3, { inlet: 'blocked' }, 240));
    const of = (rows: typeof well, name: 'rms' | 'kurtosis' | 'rough') => rows.map((row) => row[name]);

    expect(quantile(of(worn, 'kurtosis'), 0.5)).toBeGreaterThan(quantile(of(well, 'kurtosis'), 0.99));
    expect(quantile(of(blocked, 'rough'), 0.5)).toBeGreaterThan(quantile(of(well, 'rough'), 0.99));
    expect(quantile(of(worn, 'kurtosis'), 0.5)).toBeGreaterThan(quantile(of(blocked, 'kurtosis'), 0.75));
    expect(quantile(of(worn, 'rms'), 0.5)).toBeLessThan(quantile(of(well, 'rms'), 0.99));
    expect(quantile(of(blocked, 'rms'), 0.5)).toBeLessThan(quantile(of(well, 'rms'), 0.99));
  });

  it('runs through its whole range of loads within eight minutes', () => {
    const world = createWorld({ scene: 'pump', seed: 5 });
    const loads = Array.from({ length: 4 * 480 }, (_, i) => (world.read(i * 1000).volts['A5'] ?? 0) / 5);
    const [first, later] = [loads.slice(0, 480), loads.slice(480)];
    expect(Math.min(...first)).toBeLessThan(0.3);
    expect(Math.max(...first)).toBeGreaterThan(0.9);
    expect(Math.min(...later)).toBeGreaterThan(Math.min(...first) - 0.05);
    expect(Math.max(...later)).toBeLessThan(Math.max(...first) + 0.05);
  });

  it('lets a drifting thermometer climb by several degrees within seconds and go back when mended', () => {
    const world = createWorld({ scene: 'pump', seed: 1 });
    const twin = createWorld({ scene: 'pump', seed: 1 });
    const offset = (time: number) => ((world.read(time).volts['A3'] ?? 0) - (twin.read(time).volts['A3'] ?? 0)) * 100;
    expect(offset(1000)).toBe(0);
    world.set({ temperatureSensor: 'drifting' });
    expect(offset(6000)).toBeGreaterThan(5);
    const early = offset(20_000);
    expect(offset(120_000)).toBeGreaterThan(early + 0.5);
    world.set({ temperatureSensor: 'good' });
    expect(offset(125_000)).toBeLessThan(0.1);
  });

  it('refuses what the scene does not have, and says what it has', () => {
    const world = createWorld({ scene: 'pump', seed: 1 });
    for (const [change, words] of [
      [{ bearing: 'broken' }, 'bearing cannot be "broken"'],
      [{ valve: 'open' }, 'there is no "valve"'],
      ['worn', '"worn" is not an object'],
      [null, 'null is not an object'],
    ] as const) {
      expect(() => world.set(change)).toThrow(
        expect.objectContaining({
          code: 'WORLD_INVALID',
          message: expect.stringContaining(words) as string,
          hint: expect.stringContaining('bearing: "good" or "worn"') as string,
        }),
      );
    }
    expect(world.state).toEqual({ bearing: 'good', inlet: 'open', temperatureSensor: 'good' });
  });
});

/** What a thermometer on the pump shows at 100 Hz for so many seconds after a change, and before it. */
function thermometer(change: object, seconds: number, seed = 1): { before: number[]; after: number[] } {
  const world = createWorld({ scene: 'pump', seed });
  const channels = STANDARD_CHANNELS.filter(({ name }) => name === 'temperature');
  const read = (sample: number) => readChannels(world, channels, sample * 10)[0] ?? NaN;
  const before = Array.from({ length: 30 * SECOND }, (_, i) => read(i));
  world.set(change);
  return { before, after: Array.from({ length: seconds * SECOND }, (_, i) => read(before.length + i)) };
}

describe('a broken sensor of the pump', () => {
  it('shows its last value for ever when it is stuck', () => {
    const { before, after } = thermometer({ temperatureSensor: 'stuck' }, 60);
    expect(new Set(after)).toEqual(new Set([before.at(-1)]));
  });

  it('gives no readings for seconds at a time when its wire is loose, right from the beginning', () => {
    const { after } = thermometer({ temperatureSensor: 'dropout' }, 240);
    expect(after.slice(0, 8 * SECOND).every(Number.isNaN)).toBe(true);
    const missing = after.filter(Number.isNaN).length / after.length;
    expect(missing).toBeGreaterThan(0.3);
    expect(missing).toBeLessThan(0.95);
  });

  it('shows a wild value now and then, the first within two seconds, and right ones between', () => {
    const { before, after } = thermometer({ temperatureSensor: 'spike' }, 300);
    const most = Math.max(...before) + 50;
    const wild = after.flatMap((value, index) => (value > most ? [index] : []));
    expect(wild[0]).toBeLessThan(2 * SECOND);
    expect(wild.length).toBeGreaterThan(5);
    expect(wild.length).toBeLessThan(40);
    expect(wild.every((index, i) => i === 0 || index > (wild[i - 1] ?? 0) + 1)).toBe(true);
  });

  it('shows what cannot be when its wire touches the supply', () => {
    const { after } = thermometer({ temperatureSensor: 'out of range' }, 5);
    expect(new Set(after)).toEqual(new Set([450]));
  });

  it('is as if nothing had been when it is mended', () => {
    const world = createWorld({ scene: 'pump', seed: 1 });
    const twin = createWorld({ scene: 'pump', seed: 1 });
    for (const broken of ['stuck', 'dropout', 'spike', 'out of range']) {
      world.set({ accelerometer: broken, temperatureSensor: broken });
      for (let time = 0; time < 5000; time += 10) world.read(time);
      world.set({ accelerometer: 'good', temperatureSensor: 'good' });
    }
    expect(world.read(5000)).toEqual(twin.read(5000));
    expect(world.state).toEqual(twin.state);
  });

  it('leaves the pump itself as it is: the accelerometer breaks alone', () => {
    const [broken, twin] = [1, 1].map((seed) => createWorld({ scene: 'pump', seed }));
    for (const world of [broken, twin]) world?.read(5000);
    broken?.set({ accelerometer: 'stuck' });
    const still = [5010, 5020].map((time) => broken?.read(time).volts);
    const { A0, A1, A2, ...others } = twin?.read(5020).volts ?? {};
    expect(still[0]).toMatchObject({ A0: still[1]?.['A0'], A1: still[1]?.['A1'], A2: still[1]?.['A2'] });
    expect(still[1]).toMatchObject(others);
    expect(still[1]).not.toMatchObject({ A0, A1, A2 });
  });
});

describe('the clock and the day of the pump', () => {
  it('misdates readings by minutes to hours, back and forth, and returns', () => {
    const world = createWorld({ scene: 'pump', seed: 1 });
    expect(world.read(10_000).clockOff).toBe(0);
    world.set({ clock: 'jumping' });
    const minutes = Array.from({ length: 16 }, (_, i) => world.read(15_000 + 10_000 * i).clockOff / 60_000);
    expect(minutes).toEqual([60, 60, 0, 0, -10, -10, 0, 0, 5, 5, 0, 0, -120, -120, 0, 0]);
    world.set({ clock: 'right' });
    expect(world.read(200_000).clockOff).toBe(0);
  });

  it('lets the hour of the day be felt, once it is asked for, and the next day be like the one before', () => {
    const at = (season: string, hour: number) => {
      const world = createWorld({ scene: 'pump', seed: 1 });
      world.set({ season });
      let [load, warmth] = [0, 0];
      for (let second = 0; second < 600; second++) {
        const { volts } = world.read((hour * 3600 + second) * 1000);
        load += (volts['A5'] ?? 0) / 5 / 600;
        warmth += (100 * ((volts['A3'] ?? 0) - 0.5)) / 600;
      }
      return { load, warmth };
    };
    // It begins in the afternoon; twelve hours later it is night.
    const [afternoon, night, tomorrow] = [at('daily', 0), at('daily', 12), at('daily', 24)];
    expect(afternoon.warmth - at('none', 0).warmth).toBeGreaterThan(7);
    expect(afternoon.warmth - night.warmth).toBeGreaterThan(16);
    expect(night.load).toBeLessThan(0.8 * afternoon.load);
    expect(Math.abs(tomorrow.warmth - afternoon.warmth)).toBeLessThan(1.5);
  });
});

describe('the converter of a virtual board', () => {
  it('has ten bits over five volts and clips what lies outside', () => {
    expect([-1, 0, 2.5, 4.999, 5, 9].map(quantise)).toEqual([0, 0, 512, 1023, 1023, 1023]);
    expect(countsToVolts(1023)).toBe(5);
  });

  it('turns counts into the unit of what is wired there', () => {
    expect(toUnit('adxl335', quantise(1.65 + 0.33))).toBeCloseTo(1, 1);
    expect(toUnit('tmp36', quantise(0.75))).toBeCloseTo(25, 0);
    expect(toUnit('lm35', quantise(0.25))).toBeCloseTo(25, 0);
    expect(toUnit('volts', 1023)).toBe(5);
    expect(toUnit('percent', 1023)).toBe(100);
  });
});
