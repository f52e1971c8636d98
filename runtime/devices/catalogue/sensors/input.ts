/** What people press, turn and type on; and anything else on a plain pin. */
import type { Given, SensorEntry } from '../types.ts';
import { I2C_NOTE, signal } from './parts.ts';

const state = (name: string): Given => ({ name, unit: '', min: 0, max: 1 });
const key = (most: number): Given => ({ name: 'key', unit: '', min: 0, max: most });

const keypad = <const C extends string>(name: C, label: string, addresses: readonly number[], most: number) =>
  ({
    ...{ group: 'keypad', label, reader: 'chip', chip: name, pins: [], addresses, needs: ['i2c'], note: I2C_NOTE },
    gives: [key(most)],
    onChange: true,
  }) as const satisfies SensorEntry;

const axis = (volts: number, invert: boolean) => ((volts - 2.5) / 2.5) * (invert ? -1 : 1);

export const INPUTS = {
  button: {
    ...{ group: 'button', label: 'button (0 or 1, when it changes)', reader: 'change', pins: signal('digital', 'D2') },
    options: [
      {
        kind: 'flag',
        key: 'pullup',
        label: 'Between the pin and ground, with the board’s own pull-up',
        standard: false,
      },
      { kind: 'flag', key: 'invert', label: 'Low means pressed', standard: false },
    ],
    gives: [state('pressed')],
    onChange: true,
    note: 'Between the pin and ground with the pull-up, or between 5 V and the pin with a resistor of 10 kΩ to ground.',
  },
  switch: {
    ...{ group: 'digital', label: 'switch (0 or 1, every period)', reader: 'level', pins: signal('digital', 'D2') },
    gives: [state('state')],
  },
  joystick: {
    ...{ group: 'joystick', label: 'joystick', reader: 'analog' },
    pins: [
      { role: 'x', label: 'x', use: 'analog', standard: 'A0' },
      { role: 'y', label: 'y', use: 'analog', standard: 'A1' },
    ],
    options: [
      { kind: 'flag', key: 'invertX', label: 'Turn x round', standard: false },
      { kind: 'flag', key: 'invertY', label: 'Turn y round', standard: false },
    ],
    // Johnny-Five takes where the stick is first for its middle: one that is held at power-on would stay off for ever.
    ratiometric: true,
    convert: ([x = 0, y = 0], { invertX, invertY }) => ({ x: axis(x, invertX === true), y: axis(y, invertY === true) }),
    gives: [
      { name: 'x', unit: '', min: -1, max: 1 },
      { name: 'y', unit: '', min: -1, max: 1 },
    ],
    note: 'The stick’s own button is a sensor of its own.',
  },
  'keypad-vkey': {
    ...{ group: 'keypad', label: 'VKEY keypad of 12 keys (0: none)', reader: 'analog', pins: signal('analog', 'A0') },
    ratiometric: true,
    convert: ([volts = 0]) => {
      const counts = (volts * 1023) / 5;
      return { key: counts < 17 || counts > 496 ? 0 : Math.floor(12 - (counts - 17) / 40) + 1 };
    },
    gives: [key(12)],
    onChange: true,
  },
  'keypad-analog': {
    ...{ group: 'keypad', label: 'keypad on one analog pin (0: none)', reader: 'analog', pins: signal('analog', 'A0') },
    options: [{ kind: 'number', key: 'keys', label: 'Keys', unit: '', min: 1, max: 16, standard: 5 }],
    // Key n of k gives (n − 1)/(k + 1) of the supply, and none gives all of it.
    ratiometric: true,
    convert: ([volts = 0], { keys }) => {
      const place = Math.floor((volts / 5) * (Number(keys) + 1) + 0.5);
      return { key: place >= Number(keys) ? 0 : place + 1 };
    },
    gives: [key(16)],
    onChange: true,
    note: 'A chain of equal resistors between ground and 5 V, a key at each joint.',
  },
  mpr121: keypad('mpr121', 'MPR121 touch keypad (0: none)', [0x5a, 0x5b, 0x5c, 0x5d], 12),
  at42qt1070: keypad('at42qt1070', 'AT42QT1070 touch keypad (0: none)', [0x1b], 7),
  'keypad-3x4-backpack': keypad(
    'keypad-backpack',
    'keypad of 3 × 4 on an I2C backpack (0: none)',
    [0x0a, 0x0b, 0x0c, 0x0d],
    12,
  ),
  'keypad-4x4-backpack': keypad(
    'keypad-backpack',
    'keypad of 4 × 4 on an I2C backpack (0: none)',
    [0x0a, 0x0b, 0x0c, 0x0d],
    16,
  ),
  potentiometer: {
    ...{ group: 'analog', label: 'potentiometer', reader: 'analog', pins: signal('analog', 'A5') },
    ratiometric: true,
    convert: ([volts = 0]) => ({ position: volts * 20 }),
    gives: [{ name: 'position', unit: '%', min: 0, max: 100 }],
    note: 'Its ends to 5 V and ground, the middle to the pin.',
  },
  voltage: {
    ...{ group: 'analog', label: 'any analog sensor, as a voltage', reader: 'analog', pins: signal('analog', 'A0') },
    convert: ([volts = 0]) => ({ voltage: volts }),
    gives: [{ name: 'voltage', unit: 'V', min: 0, max: 5 }],
  },
  gps: {
    ...{ group: 'GPS', label: 'GPS receiver', reader: 'serial', needs: ['serial'] },
    pins: [
      { role: 'rx', label: 'receive (RX)', use: 'digital', standard: 'D10' },
      { role: 'tx', label: 'send (TX)', use: 'digital', standard: 'D11' },
    ],
    gives: [
      { name: 'latitude', unit: '°', min: -90, max: 90 },
      { name: 'longitude', unit: '°', min: -180, max: 180 },
      { name: 'altitude', unit: 'm', min: -500, max: 20_000 },
      // Johnny-Five gives knots as they come.
      { name: 'speed', unit: 'm/s', min: 0, max: 500 },
      { name: 'course', unit: '°', min: 0, max: 360 },
    ],
    fastest: 1,
    note: 'Its TX to the pin that receives, 9,600 baud. It needs StandardFirmataPlus or ConfigurableFirmata with Serial.',
  },
} as const satisfies Record<string, SensorEntry>;
