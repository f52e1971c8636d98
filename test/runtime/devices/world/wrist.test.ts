import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../../runtime/devices/index.ts';
import { GESTURES } from '../../../../runtime/devices/world/scenes/wrist/description.ts';
import { motionOf } from '../../../../runtime/devices/world/scenes/wrist/arm.ts';

const AXES = ['accelerationX', 'accelerationY', 'accelerationZ', 'rotationX', 'rotationY', 'rotationZ'] as const;
type Row = readonly number[];

const at = (world: World, time: number): Row => {
  const { quantities } = world.read(time);
  return AXES.map((axis) => quantities[axis] ?? NaN);
};
/** Rows at 100 Hz of somebody's movement, the first two seconds left out. */
function record(seed: number, change: object, seconds: number): Row[] {
  const world = createWorld({ scene: 'wrist', seed });
  world.set(change);
  return Array.from({ length: (seconds + 2) * 100 }, (_, i) => at(world, i * 10)).slice(200);
}
const column = (rows: readonly Row[], axis: number) => rows.map((row) => row[axis] ?? NaN);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const sd = (values: readonly number[]) => {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
};
/** Of each two seconds: how strong each axis moves, and how it lies. */
function features(rows: readonly Row[]): number[][] {
  return Array.from({ length: Math.floor(rows.length / 200) }, (_, window) => {
    const part = rows.slice(window * 200, (window + 1) * 200);
    const axes = AXES.map((_, axis) => column(part, axis));
    const peak = axes.slice(0, 3).map((values) => Math.max(...values.map((value) => Math.abs(value - mean(values)))));
    return [
      ...axes.map((values, axis) => Math.log(sd(values) + (axis < 3 ? 0.01 : 1))),
      ...peak.map((each, axis) => each / (sd(axes[axis] ?? []) + 0.01)),
    ];
  });
}

describe('the wrist', () => {
  it('feels gravity alone at rest, which turns with the arm', () => {
    for (const [arm, x, z] of [
      [0, 0, 1],
      [60, Math.sin(Math.PI / 3), 0.5],
      [-60, -Math.sin(Math.PI / 3), 0.5],
    ] as const) {
      const rows = record(1, { arm }, 5);
      const lengths = rows.map(([a = 0, b = 0, c = 0]) => Math.hypot(a, b, c));
      expect(mean(lengths)).toBeCloseTo(1, 1);
      expect(sd(lengths)).toBeLessThan(0.02);
      expect(Math.abs(mean(column(rows, 0)) - x)).toBeLessThan(0.2);
      expect(Math.abs(mean(column(rows, 2)) - z)).toBeLessThan(0.2);
      for (const axis of [3, 4, 5]) expect(Math.abs(mean(column(rows, axis)))).toBeLessThan(2);
    }
  });

  it('turns gravity exactly as fast as the gyroscope says', () => {
    const still = { x: 0, y: 0, z: 0 };
    // Far from the elbow nothing is flung: the arm turns slowly enough here.
    const pose = (t: number) => ({ pitch: 40 + 3 * t, roll: 20 - 2 * t, yaw: -30 + 4 * t, ...still });
    const h = 1e-3;
    const motion = (t: number) => motionOf(pose(t - h), pose(t), pose(t + h), h);
    const [before, now, after] = [motion(-h), motion(0), motion(h)];
    const change = [0, 1, 2].map(
      (axis) => ((after.acceleration[axis] ?? 0) - (before.acceleration[axis] ?? 0)) / (2 * h),
    );
    const [wx, wy, wz] = now.rotation.map((each) => (each * Math.PI) / 180) as [number, number, number];
    const [gx, gy, gz] = now.acceleration;
    const turned = [-(wy * gz - wz * gy), -(wz * gx - wx * gz), -(wx * gy - wy * gx)];
    turned.forEach((value, axis) => expect(change[axis]).toBeCloseTo(value, 2));
  });

  it('moves as strongly as people do, each movement in its own way', () => {
    const strength = (gesture: string) => {
      const rows = record(3, { gesture }, 20);
      const axes = AXES.map((_, axis) => column(rows, axis));
      return {
        g: Math.hypot(...axes.slice(0, 3).map(sd)),
        turns: Math.hypot(...axes.slice(3).map(sd)),
        most: Math.max(...axes.slice(0, 3).flat().map(Math.abs)),
      };
    };
    const [still, wave, shake, circle, knock] = GESTURES.map(strength);
    expect(still?.g).toBeLessThan(0.06);
    expect(still?.turns).toBeLessThan(3);
    expect(wave?.turns).toBeGreaterThan(80);
    expect(shake?.g).toBeGreaterThan(0.8);
    expect(circle?.g).toBeGreaterThan(0.3);
    expect(knock?.most).toBeGreaterThan(2);
    for (const each of [wave, shake, circle, knock]) expect(each?.most).toBeLessThan(7);
  });

  it('does no movement twice in the same way', () => {
    for (const gesture of GESTURES.slice(1)) {
      const windows = features(record(1, { gesture }, 40));
      for (let axis = 0; axis < 3; axis++) {
        const values = windows.map((row) => row[axis] ?? NaN);
        expect(sd(values), gesture).toBeGreaterThan(0.01);
        expect(new Set(values).size).toBe(values.length);
      }
    }
  });

  it('can be told apart by what was learnt from other people', () => {
    const rows = (seeds: readonly number[]) =>
      GESTURES.flatMap((label) =>
        seeds.flatMap((seed) => features(record(seed, { gesture: label }, 20)).map((row) => ({ label, row }))),
      );
    const [learnt, asked] = [rows([1, 2, 3, 4, 5, 6]), rows([11, 12, 13, 14])];
    const spread = (learnt[0]?.row ?? []).map((_, index) => sd(learnt.map(({ row }) => row[index] ?? NaN)));
    const distance = (a: Row, b: Row) => Math.hypot(...a.map((value, i) => (value - (b[i] ?? NaN)) / (spread[i] ?? 1)));
    const nearest = (row: Row) =>
      learnt.reduce((best, each) => (distance(each.row, row) < distance(best.row, row) ? each : best)).label;
    const right = asked.filter(({ row, label }) => nearest(row) === label).length / asked.length;
    expect(right).toBeGreaterThan(0.9);
  });

  it('is faster and stronger when it is told to be', () => {
    const turns = (change: object) =>
      mean([3, 4, 5].map((axis) => sd(column(record(1, { gesture: 'wave', ...change }, 20), axis))));
    expect(turns({ tempo: 150 })).toBeGreaterThan(1.3 * turns({}));
    expect(turns({ strength: 50 })).toBeLessThan(0.7 * turns({}));
  });

  it('is felt alike by both accelerometers', () => {
    const world = createWorld({ scene: 'wrist', seed: 1 });
    world.set({ gesture: 'circle' });
    for (let time = 0; time < 5000; time += 10) {
      const { volts, quantities } = world.read(time);
      expect(volts['A0']).toBeCloseTo(1.65 + 0.33 * (quantities.accelerationX ?? NaN), 9);
      expect(volts['A2']).toBeCloseTo(1.65 + 0.33 * (quantities.accelerationZ ?? NaN), 9);
    }
  });
});
