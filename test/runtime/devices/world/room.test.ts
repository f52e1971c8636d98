import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../../runtime/devices/index.ts';
import { SENSORS } from '../../../../runtime/devices/catalogue/sensors.ts';
import { roomDescription } from '../../../../runtime/devices/world/scenes/room/description.ts';
import { peopleAt } from '../../../../runtime/devices/world/scenes/room/people.ts';

const room = (change: object = {}, seed = 1) => {
  const world = createWorld({ scene: 'room', seed });
  world.set(change);
  return world;
};
const record = (world: World, seconds: number, from = 0) =>
  Array.from({ length: seconds * 10 }, (_, i) => world.read(from * 1000 + i * 100));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const shareOfMotion = (world: World) => mean(record(world, 120).map(({ levels }) => levels['D2'] ?? NaN));
const after = (world: World, seconds: number) => world.read(seconds * 1000).quantities;

describe('the room', () => {
  it('is visited now and then, and empty in between', () => {
    const counts = Array.from({ length: 400 }, (_, i) => peopleAt(1, i * 10, 'come and go'));
    expect(new Set(counts)).toEqual(new Set([0, 1, 2, 3, 4]));
    const empty = counts.filter((count) => count === 0).length / counts.length;
    expect(empty).toBeGreaterThan(0.2);
    expect(empty).toBeLessThan(0.6);
    expect(counts[0]).toBe(0);
    expect(counts[2]).toBeGreaterThan(0);
  });

  it('is still when nobody is there, and full of life with four', () => {
    expect(shareOfMotion(room({ people: 'nobody' }))).toBe(0);
    expect(shareOfMotion(room({ people: 'one' }))).toBeGreaterThan(0.3);
    expect(shareOfMotion(room({ people: 'four' }))).toBeGreaterThan(0.85);
    const loud = (people: string) => mean(record(room({ people }), 60).map(({ volts }) => volts['A2'] ?? NaN));
    expect(loud('four')).toBeGreaterThan(loud('nobody') + 0.3);
    const near = (people: string) =>
      mean(record(room({ people }), 60).map(({ quantities }) => quantities.distance ?? NaN));
    expect(near('nobody')).toBe(75);
    expect(near('four')).toBeLessThan(60);
  });

  it('has its sensors under the names of the catalogue, and a door as wide as its sensor measures', () => {
    for (const { kind } of roomDescription.inputs) expect(Object.keys(SENSORS)).toContain(kind);
    expect(roomDescription.inputs.find(({ pin }) => pin === 'A3')?.kind).toBe('gp2y0a21yk');
    expect(roomDescription.inputs.find(({ pin }) => pin === 'D2')?.kind).toBe('pir');
    const far = record(room(), 200).map(({ quantities }) => quantities.distance ?? NaN);
    expect(far.filter((cm) => cm < 10 || cm > 80)).toEqual([]);
  });

  it('is warmed and moistened by people', () => {
    const [empty, full] = [after(room({ people: 'nobody' }), 300), after(room({ people: 'four' }), 300)];
    expect((full.temperature ?? 0) - (empty.temperature ?? 0)).toBeGreaterThan(2);
    expect((full.temperature ?? 0) - (empty.temperature ?? 0)).toBeLessThan(5);
    expect(empty.temperature).toBeGreaterThan(18);
    expect(empty.temperature).toBeLessThan(25);
    for (const { humidity } of [empty, full]) {
      expect(humidity).toBeGreaterThan(25);
      expect(humidity).toBeLessThan(75);
    }
  });

  it('is lit by the lamp, darkened by the blind and heated by the radiator', () => {
    const done = (output: string, value: number, seconds: number) => {
      const [world, twin] = [room(), room()];
      for (const each of [world, twin]) each.read(10_000);
      world.act({ output, value });
      const [now, before] = [after(world, 10 + seconds), after(twin, 10 + seconds)];
      return {
        light: (now.light ?? 0) - (before.light ?? 0),
        temperature: (now.temperature ?? 0) - (before.temperature ?? 0),
      };
    };
    expect(done('D13', 1, 0.1).light).toBeCloseTo(350, 0);
    expect(done('D9', 90, 2).light).toBeLessThan(-200);
    expect(done('D7', 1, 2).temperature).toBeGreaterThan(0.1);
    expect(done('D7', 1, 60).temperature).toBeGreaterThan(5);
  });

  it('shows the air pressure, the tilt and the heading that its sliders say', () => {
    const quiet = { people: 'nobody' };
    expect(after(room({ ...quiet, pressure: 950 }), 5).pressure).toBeCloseTo(950, 0);
    const tilted = after(room({ ...quiet, tilt: 30 }), 5);
    expect(tilted.accelerationY).toBeCloseTo(0.5, 1);
    expect(tilted.accelerationZ).toBeCloseTo(Math.cos(Math.PI / 6), 1);
    for (const heading of [0, 90, 215]) {
      const { fieldX = NaN, fieldY = NaN, fieldZ } = after(room({ ...quiet, heading }), 10);
      const found = ((Math.atan2(fieldY, fieldX) * 180) / Math.PI + 360) % 360;
      expect(Math.abs(((found - heading + 540) % 360) - 180)).toBeLessThan(3);
      expect(fieldZ).toBeCloseTo(-44, 0);
    }
  });

  it('feels the board turn while it is turned, as far as it was turned', () => {
    const world = room({ people: 'nobody' });
    world.read(5000);
    world.set({ tilt: 60, heading: 0 });
    let angle = 0;
    for (let time = 5010; time <= 9000; time += 10) angle += (world.read(time).quantities.rotationX ?? 0) * 0.01;
    expect(angle).toBeGreaterThan(55);
    expect(angle).toBeLessThan(65);
  });
});
