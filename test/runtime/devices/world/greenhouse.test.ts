import { describe, expect, it } from 'vitest';
import { createWorld, toUnit, quantise, type World } from '../../../../runtime/devices/index.ts';
import { saturation } from '../../../../runtime/devices/world/scenes/air.ts';

/** s: a day of the greenhouse, which begins at eight in the morning. */
const DAY = 600;
const greenhouse = (change: object = {}, seed = 1) => {
  const world = createWorld({ scene: 'greenhouse', seed });
  world.set(change);
  return world;
};
const at = (world: World, seconds: number) => {
  const { volts, quantities } = world.read(seconds * 1000);
  const celsius = (pin: string) => toUnit('tmp36', quantise(volts[pin] ?? 0));
  return { ...quantities, outside: celsius('A3'), analog: celsius('A0'), soil: (volts['A2'] ?? NaN) * 20, volts };
};
const whole = (world: World, from = 0, seconds = DAY) => Array.from({ length: seconds }, (_, i) => at(world, from + i));
const of = (rows: ReturnType<typeof whole>, name: 'temperature' | 'humidity' | 'light' | 'outside' | 'soil') =>
  rows.map((row) => row[name] ?? NaN);
const most = (values: number[]) => Math.max(...values);
const least = (values: number[]) => Math.min(...values);
/** Is so much more after 2 s than without. */
const effect = (
  from: number,
  act: (world: World) => void,
  name: 'temperature' | 'humidity' | 'light' | 'soil',
  after = 2,
) => {
  const [world, twin] = [greenhouse(), greenhouse()];
  at(world, from);
  at(twin, from);
  act(world);
  return (at(world, from + after)[name] ?? NaN) - (at(twin, from + after)[name] ?? NaN);
};

describe('the greenhouse', () => {
  it('goes through a day: dark and cool at night, bright and warm at noon, damp when it cools', () => {
    const day = whole(greenhouse());
    expect(most(of(day, 'light'))).toBeGreaterThan(25_000);
    expect(most(of(day, 'light'))).toBeLessThan(54_000);
    expect(least(of(day, 'light'))).toBeLessThan(5);
    expect(most(of(day, 'temperature'))).toBeGreaterThan(27);
    expect(most(of(day, 'temperature'))).toBeLessThan(42);
    expect(least(of(day, 'temperature'))).toBeGreaterThan(least(of(day, 'outside')) - 2);
    expect(most(of(day, 'outside')) - least(of(day, 'outside'))).toBeGreaterThan(9);
    const humidity = of(day, 'humidity');
    expect(least(humidity)).toBeGreaterThan(20);
    expect(most(humidity)).toBeLessThanOrEqual(100);
    const noon = humidity.slice(80, 120);
    const night = humidity.slice(280, 400);
    expect(least(night)).toBeGreaterThan(most(noon));
    expect(of(day, 'soil').at(-1)).toBeLessThan((of(day, 'soil')[0] ?? 0) - 5);
  });

  it('has the weather that its sliders say', () => {
    const [fine, dull] = [whole(greenhouse({ sun: 100 })), whole(greenhouse({ sun: 10 }))];
    expect(most(of(dull, 'light'))).toBeLessThan(0.5 * most(of(fine, 'light')));
    expect(most(of(dull, 'temperature'))).toBeLessThan(most(of(fine, 'temperature')) - 8);
    const frost = whole(greenhouse({ outside: -15 }));
    expect(least(of(frost, 'temperature'))).toBeLessThan(-8);
  });

  it('is warmed by the heater, and cooled and dried by the window, within 2 s', () => {
    const night = 350;
    expect(effect(night, (world) => world.act({ output: 'D7', value: 1 }), 'temperature')).toBeGreaterThan(0.5);
    const noon = 120;
    expect(effect(noon, (world) => world.act({ output: 'D9', value: 90 }), 'temperature')).toBeLessThan(-0.5);
    expect(effect(night, (world) => world.act({ output: 'D9', value: 90 }), 'humidity', 20)).toBeLessThan(-1);
    expect(effect(night, (world) => world.act({ output: 'D13', value: 1 }), 'light')).toBeCloseTo(3000, 0);
    expect(effect(night, (world) => world.set({ watering: 100 }), 'soil')).toBeGreaterThan(2);
  });

  it('stays about as warm as outside with the window open, and can be kept from frost by the heater', () => {
    const open = greenhouse();
    open.act({ output: 'D9', value: 90 });
    const day = whole(open);
    expect(most(of(day, 'temperature'))).toBeLessThan(most(of(day, 'outside')) + 5);
    const heated = greenhouse({ outside: -5 });
    heated.act({ output: 'D7', value: 1 });
    expect(least(of(whole(heated), 'temperature'))).toBeGreaterThan(2);
  });

  it('has a heater and a window that can fail', () => {
    const heat = (world: World) => {
      world.set({ heater: 'broken' });
      world.act({ output: 'D7', value: 1 });
    };
    expect(effect(350, heat, 'temperature')).toBe(0);
    const open = (world: World) => {
      world.set({ window: 'jammed' });
      world.act({ output: 'D9', value: 90 });
    };
    expect(effect(120, open, 'temperature')).toBe(0);
  });

  it('has sensors that drift: quickly by some degrees, then creeping on, until they are mended', () => {
    const [world, twin] = [greenhouse({ thermometer: 'drifting', bme280: 'drifting' }), greenhouse()];
    const wrong = (seconds: number) => {
      const [drifting, right] = [world.read(seconds * 1000), twin.read(seconds * 1000)];
      const chip = drifting.sensed?.get(0x76)?.temperature ?? right.quantities.temperature ?? NaN;
      return {
        analog: 100 * ((drifting.volts['A0'] ?? NaN) - (right.volts['A0'] ?? NaN)),
        chip: chip - (right.quantities.temperature ?? NaN),
      };
    };
    for (const sensor of ['analog', 'chip'] as const) expect(wrong(0)[sensor]).toBeCloseTo(0, 9);
    const [soon, later] = [wrong(6), wrong(300)];
    for (const sensor of ['analog', 'chip'] as const) {
      expect(soon[sensor]).toBeGreaterThan(9);
      expect(later[sensor]).toBeGreaterThan(soon[sensor] + 2);
    }
    world.set({ thermometer: 'good', bme280: 'good' });
    expect(wrong(301)).toEqual({ analog: 0, chip: 0 });
  });

  it('is measured alike by its thermometer and its chip', () => {
    const rows = whole(greenhouse());
    for (const { analog, temperature } of rows) expect(Math.abs(analog - (temperature ?? NaN))).toBeLessThan(1.2);
  });

  it('shows more light as more volts, from dusk to noon', () => {
    const rows = whole(greenhouse()).sort((a, b) => (a.light ?? 0) - (b.light ?? 0));
    const dusk = rows.find(({ light = 0 }) => light > 1000)?.volts['A1'] ?? NaN;
    expect(rows[0]?.volts['A1']).toBeLessThan(0.1);
    expect(dusk).toBeGreaterThan(0.5);
    expect(rows.at(-1)?.volts['A1']).toBeGreaterThan(dusk + 1.5);
    expect(rows.at(-1)?.volts['A1']).toBeLessThan(4.5);
  });
});

describe('what air can hold', () => {
  it.each([
    [0, 6.11],
    [20, 23.4],
    [30, 42.4],
  ])('at %d °C agrees with tables: %d hPa', (celsius, hectopascal) => {
    expect(saturation(celsius) / hectopascal).toBeCloseTo(1, 2);
  });
});
