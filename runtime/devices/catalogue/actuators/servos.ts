import type { ActuatorEntry, ComponentOption } from '../types.ts';
import { channel, on, outputsOf } from './chips.ts';
import { angle, bothWays, forward } from './takes.ts';

const number = (
  key: string,
  label: string,
  unit: string,
  min: number,
  max: number,
  standard: number,
): ComponentOption => ({
  ...{ kind: 'number', key, label, unit, min, max, standard },
});
const signal = [{ role: 'signal', label: 'Signal', use: 'servo', standard: 'D9' }] as const;
const POWER = 'It takes more current than the board gives: its red wire goes to a supply of its own, all GND together.';

/** Degrees. */
const MIDDLE = 90;
const range = [
  number('from', 'Smallest angle', '°', 0, 180, 0),
  number('to', 'Largest angle', '°', 0, 180, 180),
  { kind: 'flag', key: 'invert', label: 'Turns the other way', standard: false },
  number('least', 'Pulse at 0°', 'µs', 544, 2400, 600),
  number('most', 'Pulse at 180°', 'µs', 544, 2400, 2400),
  {
    kind: 'choice',
    key: 'stop',
    label: 'When the flow stops',
    options: [
      { value: 'angle', label: 'it turns to the angle below' },
      { value: 'leave', label: 'it stays where it is' },
    ],
    standard: 'angle',
  },
  number('stopAngle', 'Angle then', '°', 0, 180, MIDDLE),
] as const satisfies readonly ComponentOption[];
const turning = [
  { kind: 'flag', key: 'invert', label: 'Turns the other way', standard: false },
  number('still', 'Pulse at which it stands', 'µs', 1300, 1700, 1500),
] as const satisfies readonly ComponentOption[];
const throttle = [
  {
    kind: 'choice',
    key: 'type',
    label: 'Controller',
    options: [
      { value: 'forward', label: 'forward only (0 to 1)' },
      { value: 'both', label: 'forward and backward (−1 to 1)' },
    ],
    standard: 'forward',
  },
  number('least', 'Lowest pulse', 'µs', 800, 1400, 1000),
  number('most', 'Highest pulse', 'µs', 1600, 2200, 2000),
  number('arming', 'Arming time', 's', 0, 10, 2),
] as const satisfies readonly ComponentOption[];

const STANDARD = {
  group: 'servo',
  range: 'an angle in degrees within its range (0 to 180)',
  takes: angle,
  safe: MIDDLE,
  // What lies nearest in its own range.
  stop: ({ stop, stopAngle = MIDDLE, from = 0, to = 180 }) =>
    stop === 'leave' ? undefined : Math.min(Number(to), Math.max(Number(from), Number(stopAngle))),
} as const satisfies Partial<ActuatorEntry>;
const CONTINUOUS = { group: 'servo', range: 'a speed from -1 to 1', takes: bothWays, safe: 0 } as const;
const ESC = {
  group: 'ESC',
  range: 'a throttle from 0 to 1, or from -1 to 1 where it can turn backward',
  takes: {
    parse: (given, options) => (options['type'] === 'both' ? bothWays : forward).parse(given, options),
    tell: forward.tell,
  },
  safe: 0,
} as const satisfies Partial<ActuatorEntry>;

export const SERVOS = {
  servo: { ...STANDARD, label: 'servo', pins: signal, options: range, note: POWER },
  'servo-pca9685': {
    ...STANDARD,
    ...on('pca9685'),
    label: 'servo on a PCA9685',
    options: [channel(16), ...range],
    outputs: outputsOf('channel'),
    note: 'The servos have a supply of their own at the screw terminal, all GND together.',
  },
  'servo-continuous': { ...CONTINUOUS, label: 'continuous servo', pins: signal, options: turning, note: POWER },
  'servo-continuous-pca9685': {
    ...CONTINUOUS,
    ...on('pca9685'),
    label: 'continuous servo on a PCA9685',
    options: [channel(16), ...turning],
    outputs: outputsOf('channel'),
    note: 'The servos have a supply of their own at the screw terminal, all GND together.',
  },
  esc: {
    ...ESC,
    label: 'ESC (speed controller of a brushless motor)',
    pins: signal,
    options: throttle,
    note: 'It arms when the flow starts: the pulse stands still for the arming time before a throttle is taken. Take the propeller off while you try.',
  },
  'esc-pca9685': {
    ...ESC,
    ...on('pca9685'),
    label: 'ESC on a PCA9685',
    options: [channel(16), ...throttle],
    outputs: outputsOf('channel'),
    note: 'It arms when the flow starts. Take the propeller off while you try.',
  },
} as const satisfies Record<string, ActuatorEntry>;
