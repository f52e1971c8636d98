import type { Pose } from './gestures.ts';

/** From the elbow to the band, m. */
const FOREARM = 0.24;
const GRAVITY = 9.81;
const RADIANS = Math.PI / 180;

/** What a six-axis sensor on the wrist measures. */
export interface Motion {
  /** g: what an accelerometer shows, so 1 g upwards at rest. */
  readonly acceleration: readonly [number, number, number];
  /** °/s */
  readonly rotation: readonly [number, number, number];
}

/**
 * What the arm's movement does to a sensor on the wrist: gravity turns with the arm, and the wrist is flung around the
 * elbow.
 *
 * @param before a pose a moment before `now`
 * @param after  and one as long after it
 * @param moment seconds between them
 */
export function motionOf(before: Pose, now: Pose, after: Pose, moment: number): Motion {
  const speed = (part: 'pitch' | 'roll' | 'yaw') => ((after[part] - before[part]) / (2 * moment)) * RADIANS;
  const change = (part: 'pitch' | 'roll' | 'yaw') =>
    ((after[part] - 2 * now[part] + before[part]) / moment ** 2) * RADIANS;
  const [sinPitch, cosPitch] = [Math.sin(now.pitch * RADIANS), Math.cos(now.pitch * RADIANS)];
  const [sinRoll, cosRoll] = [Math.sin(now.roll * RADIANS), Math.cos(now.roll * RADIANS)];
  const [sinYaw, cosYaw] = [Math.sin(now.yaw * RADIANS), Math.cos(now.yaw * RADIANS)];

  // The earth's upwards in the sensor's axes: pitched, then rolled, then turned.
  const rolled = cosPitch * sinRoll;
  const up = [cosYaw * sinPitch + sinYaw * rolled, -sinYaw * sinPitch + cosYaw * rolled, cosPitch * cosRoll] as const;

  /** Speeds of the three turns as one turn in the sensor's axes. */
  const turned = (pitch: number, roll: number, yaw: number) =>
    [
      cosYaw * roll - sinYaw * cosRoll * pitch,
      -sinYaw * roll - cosYaw * cosRoll * pitch,
      yaw + sinRoll * pitch,
    ] as const;
  const [wx, wy, wz] = turned(speed('pitch'), speed('roll'), speed('yaw'));
  const [, ay, az] = turned(change('pitch'), change('roll'), change('yaw'));
  const flung = [-(wy ** 2 + wz ** 2), az + wx * wy, -ay + wx * wz].map((each) => (each * FOREARM) / GRAVITY);

  return {
    acceleration: [up[0] + now.x + (flung[0] ?? 0), up[1] + now.y + (flung[1] ?? 0), up[2] + now.z + (flung[2] ?? 0)],
    rotation: [wx / RADIANS, wy / RADIANS, wz / RADIANS],
  };
}
