import { smoothNormal, uniform } from '../../random.ts';
import type { Gesture } from './description.ts';

/** Where the arm is in a movement: degrees, and in g how its elbow is pushed about. */
export interface Pose {
  /** The hand above the elbow. */
  pitch: number;
  /** Turned about the arm's length. */
  roll: number;
  /** Turned about the back of the hand. */
  yaw: number;
  x: number;
  y: number;
  z: number;
}

export interface Manner {
  readonly seed: number;
  /** 1: usual. */
  readonly strength: number;
  /** By which gesture time runs faster than time. */
  readonly tempo: number;
}

const GRAVITY = 9.81;
const wobble = ({ seed }: Manner, stream: number, position: number) => smoothNormal(seed, stream, position);
/** A person's own: 1 ± share. */
const habit = ({ seed }: Manner, stream: number, share: number) => 1 + share * (2 * uniform(seed, stream, -1) - 1);
/** Turns done at a tempo that comes and goes. */
const phase = (manner: Manner, stream: number, hertz: number, time: number) =>
  2 * Math.PI * (hertz * habit(manner, stream, 0.18) * time + 0.22 * wobble(manner, stream + 1, time / 2));

/** On a table or in the lap: hardly a movement, now and then another position. */
function still(manner: Manner, time: number): Pose {
  const tremor = 0.006 * Math.sin(phase(manner, 30, 8.5, time));
  return {
    pitch: 5 * habit(manner, 32, 1) + 2.5 * wobble(manner, 33, time / 5),
    roll: 8 * habit(manner, 34, 1) + 3 * wobble(manner, 35, time / 7),
    yaw: 3 * wobble(manner, 36, time / 6),
    x: 0.3 * tremor,
    y: tremor,
    z: 0.7 * tremor,
  };
}

/** Hand up, the arm swings from side to side about the elbow. */
function wave(manner: Manner, time: number): Pose {
  const angle = phase(manner, 40, 1.5, time);
  const swing = 27 * manner.strength * habit(manner, 42, 0.2) * (1 + 0.22 * wobble(manner, 43, time / 1.7));
  return {
    pitch: 62 + 7 * habit(manner, 44, 1) + 5 * wobble(manner, 45, time / 3),
    roll: 8 * wobble(manner, 46, time / 4) + 0.2 * swing * Math.sin(angle + 0.7),
    yaw: swing * (Math.sin(angle) + 0.12 * Math.sin(2 * angle + 1)),
    ...{ x: 0, y: 0, z: 0 },
  };
}

/** Quickly to and fro, as one shakes a bottle. */
function shake(manner: Manner, time: number): Pose {
  const angle = phase(manner, 50, 4.6, time);
  const push =
    1.35 * manner.strength * manner.tempo ** 2 * habit(manner, 52, 0.2) * (1 + 0.22 * wobble(manner, 53, time / 1.1));
  return {
    pitch: 18 + 10 * habit(manner, 54, 1) + 5 * wobble(manner, 55, time / 3),
    roll: 25 * habit(manner, 56, 1) + 7 * Math.sin(angle + 0.5),
    yaw: 4 * Math.sin(angle + 1.1),
    x: 0.45 * push * Math.sin(angle + 0.6),
    y: push * Math.sin(angle),
    z: 0.35 * push * Math.sin(angle + 2 + 0.5 * wobble(manner, 57, time / 2)),
  };
}

/** The hand draws circles in the air before the body. */
function circle(manner: Manner, time: number): Pose {
  const angle = phase(manner, 60, 1, time);
  const omega = 2 * Math.PI * habit(manner, 60, 0.18) * manner.tempo;
  const radius = 0.16 * manner.strength * habit(manner, 62, 0.2) * (1 + 0.18 * wobble(manner, 63, time / 1.5));
  const pull = (radius * omega ** 2) / GRAVITY;
  return {
    pitch: 12 + 8 * habit(manner, 64, 1) + 11 * Math.sin(angle),
    roll: 10 * habit(manner, 65, 1) + 5 * wobble(manner, 66, time / 3),
    yaw: 13 * Math.cos(angle),
    x: 0.15 * pull * Math.sin(angle + 0.4),
    y: -pull * Math.cos(angle),
    z: -0.85 * pull * Math.sin(angle),
  };
}

/** Seconds from one knocking to the next. */
const KNOCKING = 2.2;
/** A blow rings at this frequency and dies away with this time constant. */
const RING = { hertz: 21, seconds: 0.035 };

/** Two to four knocks on a door, and a pause. */
function knock(manner: Manner, time: number): Pose {
  const number = Math.floor(time / KNOCKING);
  const drawn = (stream: number) => uniform(manner.seed, stream, number);
  const knocks = 2 + Math.floor(3 * drawn(70));
  const gap = 0.25 + 0.1 * drawn(71);
  // Far enough from the next knocking that nothing of this one is cut off.
  const first = 0.45 + 0.2 * drawn(72);
  const inside = time - number * KNOCKING;
  let [swing, blow] = [0, 0];
  for (let index = 0; index < knocks; index++) {
    const since = inside - first - index * gap;
    const strength = manner.strength * (0.7 + 0.6 * uniform(manner.seed, 73, 4 * number + index));
    swing += strength * Math.exp(-(((since + 0.1) / 0.075) ** 2));
    if (since >= 0) {
      blow += strength * Math.cos(2 * Math.PI * RING.hertz * since) * Math.exp(-since / RING.seconds);
    }
  }
  return {
    pitch: 35 + 8 * habit(manner, 74, 1) + 3 * wobble(manner, 75, time / 3) + 13 * swing,
    roll: 60 + 12 * habit(manner, 76, 1) + 3 * wobble(manner, 77, time / 4),
    yaw: 4 * swing,
    x: 0.7 * blow,
    y: 0.5 * blow,
    z: -2.1 * blow,
  };
}

/** Each movement by its own time, in seconds, which the tempo makes run faster or slower. */
export const MOVES: Readonly<Record<Gesture, (manner: Manner, time: number) => Pose>> = {
  still,
  wave,
  shake,
  circle,
  knock,
};
