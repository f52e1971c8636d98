import type { ActuatorEntry, ComponentOption, PinRole } from '../types.ts';
import { on } from './chips.ts';
import { bothWays, forward, steps } from './takes.ts';

const pwm = { role: 'pwm', label: 'Speed (PWM)', use: 'pwm', standard: 'D3' } as const;
const out = (role: string, label: string, standard: string): PinRole => ({ role, label, use: 'output', standard });
const BOTH = { group: 'motor', range: 'a speed from -1 (backward) to 1 (forward)', takes: bothWays, safe: 0 } as const;
const STEPPER = {
  group: 'stepper',
  range: 'a whole number of steps, backward when negative',
  takes: steps,
  safe: 0,
  // It stands when its steps are made.
  stop: () => undefined,
  pace: 0,
  needs: ['stepper'],
  options: [
    ...([
      {
        kind: 'number',
        key: 'stepsPerTurn',
        label: 'Steps of one turn',
        unit: '',
        min: 4,
        max: 4096,
        whole: true,
        standard: 200,
      },
      { kind: 'number', key: 'rpm', label: 'Turns a minute', unit: 'rpm', min: 1, max: 1000, standard: 60 },
      {
        kind: 'number',
        key: 'acceleration',
        label: 'Acceleration (0: none)',
        unit: '0.01 rad/s²',
        min: 0,
        max: 16383,
        whole: true,
        standard: 0,
      },
    ] satisfies ComponentOption[]),
  ],
} as const;

/** Pulse, forward and backward of the motors M1 to M4 on the chip of Adafruit's Motor Shield V2, as Johnny-Five has them. */
export const SHIELD_MOTORS: Readonly<Record<string, readonly [number, number, number]>> = {
  ...{ M1: [8, 9, 10], M2: [13, 12, 11], M3: [2, 3, 4], M4: [7, 6, 5] },
};

export const MOTORS = {
  motor: {
    label: 'motor, one direction',
    group: 'motor',
    pins: [pwm],
    range: 'a speed from 0 to 1',
    takes: forward,
    safe: 0,
    note: 'A transistor and a diode, or a driver board, go between pin and motor.',
  },
  'motor-directional': {
    ...BOTH,
    label: 'motor with speed and direction',
    pins: [pwm, out('direction', 'Direction', 'D12')],
    note: 'As on the Arduino Motor Shield: D3 and D12 for A, D11 and D13 for B.',
  },
  'motor-hbridge': {
    ...BOTH,
    label: 'motor on an H-bridge (L298N, L293D)',
    pins: [pwm, out('forward', 'Forward', 'D4'), out('backward', 'Backward', 'D5')],
    note: 'ENA is the speed, IN1 forward, IN2 backward; ENA must have no jumper.',
  },
  'motor-pca9685': {
    ...BOTH,
    ...on('pca9685'),
    label: 'motor on a Motor Shield V2',
    addresses: [0x60, ...on('pca9685').addresses.filter((address) => address > 0x60)],
    options: [
      {
        kind: 'choice',
        key: 'motor',
        label: 'Terminal',
        options: Object.keys(SHIELD_MOTORS).map((value) => ({ value, label: value })),
        standard: 'M1',
      },
    ],
    outputs: ({ motor }) => SHIELD_MOTORS[String(motor)] ?? [],
    note: 'The motors have a supply of their own at the screw terminal.',
  },
  'stepper-driver': {
    ...STEPPER,
    label: 'stepper on a driver (A4988, DRV8825)',
    pins: [out('step', 'Step', 'D3'), out('direction', 'Direction', 'D4')],
    note: 'Set the current of the driver before the motor is connected. Needs firmware with steppers.',
  },
  'stepper-four-wire': {
    ...STEPPER,
    label: 'stepper, four wires (ULN2003)',
    pins: [
      out('motor1', 'Coil 1', 'D8'),
      out('motor2', 'Coil 2', 'D10'),
      out('motor3', 'Coil 3', 'D9'),
      out('motor4', 'Coil 4', 'D11'),
    ],
    note: 'The coils stand in the order in which the driver has them. Needs firmware with steppers.',
  },
} as const satisfies Record<string, ActuatorEntry>;
