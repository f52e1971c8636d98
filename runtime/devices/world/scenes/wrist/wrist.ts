import { createGrid } from '../../grid.ts';
import { normal, uniform } from '../../random.ts';
import type { Quantity } from '../../types.ts';
import type { Scene } from '../scene.ts';
import { createStation } from '../station.ts';
import { motionOf } from './arm.ts';
import { type Gesture, GESTURES, wristDescription } from './description.ts';
import { type Manner, MOVES, type Pose } from './gestures.ts';

/** Seconds between two steps of what changes slowly. */
const STEP = 0.01;
/** One movement goes over into another in so many seconds. */
const BLEND = 0.22;
/** Seconds around an instant from which speeds are taken. */
const MOMENT = 0.004;
/** Seconds after which nothing is felt of a movement before. */
const MEMORY = 100;
const STREAM = { offset: 20, x: 21, y: 22, z: 23, rotationX: 24, rotationY: 25, rotationZ: 26, warmth: 27 };
/** Noise of the sensors, g and °/s; and by how much their zero may be off. */
const NOISE = { acceleration: 0.006, rotation: 0.08, warmth: 0.05 };
const OFF = { acceleration: 0.02, rotation: 0.6 };
/** An ADXL335 shows no more, g. */
const CLIPS = 3.6;
const SENSES: readonly Quantity[] = [
  ...(['temperature', 'accelerationX', 'accelerationY', 'accelerationZ'] as const),
  ...(['rotationX', 'rotationY', 'rotationZ'] as const),
];
const PARTS = ['pitch', 'roll', 'yaw', 'x', 'y', 'z'] as const;

/** How things stand at one step: how much of each movement there is, and how far its time has come. */
interface Standing {
  readonly shares: readonly number[];
  readonly time: number;
  readonly tempo: number;
  readonly strength: number;
  readonly arm: number;
}

/** A band on a wrist: an ADXL335 on A0–A2 and an MPU6050 feel the same movement. The seed is the person who wears it. */
export function createWrist(seed: number): Scene {
  const station = createStation(seed, wristDescription, 0.01);
  let wanted = { gesture: 'still' as Gesture, tempo: 1, strength: 1, arm: 0 };
  let button: 0 | 1 = 0;
  let now: Standing = {
    shares: GESTURES.map((each) => (each === 'still' ? 1 : 0)),
    time: 0,
    tempo: 1,
    strength: 1,
    arm: 0,
  };
  let before = now;

  const nearer = (value: number, target: number, seconds: number) => {
    const next = value + (target - value) * (STEP / seconds);
    // It ends after a while, so that no trace of it is left in the readings.
    return Math.abs(target - next) < 1e-6 ? target : next;
  };
  const grid = createGrid({
    step: STEP,
    memory: MEMORY,
    advance: () => {
      before = now;
      now = {
        shares: now.shares.map((share, index) => nearer(share, GESTURES[index] === wanted.gesture ? 1 : 0, BLEND)),
        time: now.time + now.tempo * STEP,
        tempo: nearer(now.tempo, wanted.tempo, 0.3),
        strength: nearer(now.strength, wanted.strength, 0.3),
        arm: nearer(now.arm, wanted.arm, 0.3),
      };
    },
  });

  /** The pose a little before or after an instant that lies this part of a step after `before`. */
  const pose = (part: number): Pose => {
    const mix = (from: number, to: number) => from + (to - from) * part;
    const manner: Manner = { seed, strength: mix(before.strength, now.strength), tempo: mix(before.tempo, now.tempo) };
    const time = mix(before.time, now.time);
    const sum: Pose = { pitch: mix(before.arm, now.arm), roll: 0, yaw: 0, x: 0, y: 0, z: 0 };
    GESTURES.forEach((gesture, index) => {
      const share = mix(before.shares[index] ?? 0, now.shares[index] ?? 0);
      if (share === 0) return;
      const own = MOVES[gesture](manner, time);
      for (const each of PARTS) sum[each] += share * own[each];
    });
    return sum;
  };
  const off = (index: number, most: number) => most * (2 * uniform(seed, STREAM.offset, index) - 1);

  return {
    set(state) {
      const share = (name: string) => Number(state[name]) / 100;
      wanted = {
        gesture: state['gesture'] as Gesture,
        ...{ tempo: share('tempo'), strength: share('strength'), arm: Number(state['arm']) },
      };
      button = state['button'] === 'pressed' ? 1 : 0;
      station.set(state, SENSES);
    },
    read(time) {
      const seconds = time / 1000;
      const tick = Math.round(time);
      const part = grid.to(seconds);
      const moment = MOMENT / STEP;
      const { acceleration, rotation } = motionOf(pose(part - moment), pose(part), pose(part + moment), MOMENT);
      const felt = (axis: 0 | 1 | 2, stream: number) =>
        acceleration[axis] + off(axis, OFF.acceleration) + NOISE.acceleration * normal(seed, stream, tick);
      const turning = (axis: 0 | 1 | 2, stream: number) =>
        rotation[axis] + off(axis + 3, OFF.rotation) + NOISE.rotation * normal(seed, stream, tick);
      const [x, y, z] = [felt(0, STREAM.x), felt(1, STREAM.y), felt(2, STREAM.z)];
      const clipped = (value: number) => Math.max(-CLIPS, Math.min(CLIPS, value));
      return station.read(seconds, {
        pins: { A0: clipped(x), A1: clipped(y), A2: clipped(z) },
        levels: { D2: button },
        quantities: {
          temperature: 31 + NOISE.warmth * normal(seed, STREAM.warmth, tick),
          ...{ accelerationX: x, accelerationY: y, accelerationZ: z },
          rotationX: turning(0, STREAM.rotationX),
          rotationY: turning(1, STREAM.rotationY),
          rotationZ: turning(2, STREAM.rotationZ),
        },
      });
    },
  };
}
