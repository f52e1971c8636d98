/** Accelerometers, gyroscopes, compasses and chips that are several of these. */
import type { ComponentOption, Given, SensorEntry, Settings } from '../types.ts';
import { analogWires, axes, I2C_NOTE, namedAxes, numbers, temperature } from './parts.ts';

interface Chip {
  readonly group: string;
  readonly label: string;
  readonly addresses: readonly number[];
  readonly options?: readonly ComponentOption[];
  readonly fastest?: number;
}

const chip = <const C extends string>(name: C, of: Chip, ...gives: [Given, ...Given[]]) =>
  ({
    reader: 'chip',
    chip: name,
    ...of,
    gives,
    pins: [],
    needs: ['i2c'],
    note: I2C_NOTE,
  }) as const satisfies SensorEntry;

const range = (...all: readonly number[]) => numbers('range', 'Range, either way', 'g', all);
/** The standard is what "pins" nodes read the chip at: both may have it. */
const rangeFrom = (standard: number) => numbers('range', 'Range, either way', 'g', [2, 4, 8, 16], standard);
const turnRange = numbers('turnRange', 'Range of the gyroscope, either way', '°/s', [250, 500, 1000, 2000]);

const analogOptions = (zero: number, perG: number): ComponentOption[] => [
  { kind: 'number', key: 'zero', label: 'Voltage at 0 g', unit: 'V', min: 0, max: 5, standard: zero },
  { kind: 'number', key: 'perG', label: 'Voltage a g', unit: 'V', min: 0.01, max: 2, standard: perG },
];
const analogAxes = (volts: readonly number[], { zero, perG }: Settings) =>
  Object.fromEntries(
    ['X', 'Y', 'Z'].map((axis, index) => [`acceleration${axis}`, ((volts[index] ?? 0) - Number(zero)) / Number(perG)]),
  );
const analog = {
  group: 'accelerometer',
  reader: 'analog',
  pins: analogWires('x', 'y', 'z'),
  convert: analogAxes,
} as const;
const BNO055 = [0x28, 0x29];
const MPU6050 = [0x68, 0x69];

export const ACCELEROMETERS = {
  adxl335: {
    ...{
      ...analog,
      label: 'ADXL335 accelerometer',
      options: analogOptions(1.65, 0.33),
      gives: axes('acceleration', 'g', 3.6),
    },
    note: 'Supply it with 3.3 V: its outputs are in proportion to it.',
  },
  mma7361: {
    ...{
      ...analog,
      label: 'MMA7361 accelerometer',
      options: analogOptions(1.65, 0.8),
      gives: axes('acceleration', 'g', 6),
    },
    note: 'Supply it with 3.3 V, and tie its pin "sleep" to it. At ±6 g it gives 0.206 V a g.',
  },
  'tinkerkit-accelerometer': {
    ...{ ...analog, label: 'TinkerKit or another analog accelerometer', options: analogOptions(2.336, 0.469) },
    gives: axes('acceleration', 'g', 6),
  },
  adxl345: chip(
    'adxl345',
    {
      group: 'accelerometer',
      label: 'ADXL345 accelerometer',
      addresses: [0x53, 0x1d],
      options: [rangeFrom(16)],
      fastest: 100,
    },
    ...axes('acceleration', 'g', 16),
  ),
  'mpu6050-acceleration': chip(
    'mpu6050',
    {
      group: 'accelerometer',
      label: 'MPU-6050 or GY-521 as an accelerometer',
      addresses: MPU6050,
      options: [range(2, 4, 8, 16)],
    },
    ...axes('acceleration', 'g', 16),
  ),
  lis3dh: chip(
    'lis3dh',
    {
      group: 'accelerometer',
      label: 'LIS3DH accelerometer',
      addresses: [0x18, 0x19],
      options: [rangeFrom(4)],
      fastest: 100,
    },
    ...axes('acceleration', 'g', 16),
  ),
  mma8452: chip(
    'mma8452',
    { group: 'accelerometer', label: 'MMA8452 accelerometer', addresses: [0x1d, 0x1c], options: [range(2, 4, 8)] },
    ...axes('acceleration', 'g', 8),
  ),
  mma7660: chip(
    'mma7660',
    { group: 'accelerometer', label: 'MMA7660 accelerometer', addresses: [0x4c], fastest: 120 },
    ...axes('acceleration', 'g', 1.5),
  ),
  'lsm303c-acceleration': chip(
    'lsm303c-acceleration',
    { group: 'accelerometer', label: 'LSM303C as an accelerometer', addresses: [0x1d] },
    ...axes('acceleration', 'g', 2),
  ),
  'bno055-acceleration': chip(
    'bno055',
    { group: 'accelerometer', label: 'BNO055 as an accelerometer', addresses: BNO055, fastest: 100 },
    ...axes('acceleration', 'g', 4),
  ),
} as const satisfies Record<string, SensorEntry>;

export const GYROSCOPES = {
  'analog-gyroscope': {
    ...{ group: 'gyroscope', label: 'analog gyroscope of two axes', reader: 'analog', pins: analogWires('x', 'y') },
    options: [
      { kind: 'number', key: 'zero', label: 'Voltage at rest', unit: 'V', min: 0, max: 5, standard: 1.35 },
      {
        kind: 'number',
        key: 'perTurn',
        label: 'Voltage a degree a second',
        unit: 'mV',
        min: 0.1,
        max: 20,
        standard: 0.67,
      },
    ],
    convert: ([x = 0, y = 0], { zero, perTurn }) => ({
      x: ((x - Number(zero)) * 1000) / Number(perTurn),
      y: ((y - Number(zero)) * 1000) / Number(perTurn),
    }),
    gives: [
      { name: 'x', unit: '°/s', min: -2000, max: 2000 },
      { name: 'y', unit: '°/s', min: -2000, max: 2000 },
    ],
    note: 'A TinkerKit gyroscope gives 0.67 mV a degree a second at its output ×1, and 2.67 mV at ×4.',
  },
  'mpu6050-rotation': chip(
    'mpu6050',
    { group: 'gyroscope', label: 'MPU-6050 or GY-521 as a gyroscope', addresses: MPU6050, options: [turnRange] },
    ...axes('rotation', '°/s', 2000),
  ),
  'bno055-rotation': chip(
    'bno055',
    { group: 'gyroscope', label: 'BNO055 as a gyroscope', addresses: BNO055, fastest: 100 },
    ...axes('rotation', '°/s', 2000),
  ),
} as const satisfies Record<string, SensorEntry>;

const heading: Given = { name: 'heading', unit: '°', min: 0, max: 360 };

export const COMPASSES = {
  hmc5883l: chip(
    'hmc5883l',
    { group: 'compass', label: 'HMC5883L compass', addresses: [0x1e], fastest: 15 },
    ...([heading, ...namedAxes('field', 'µT', 200)] as const),
  ),
  mag3110: chip(
    'mag3110',
    { group: 'compass', label: 'MAG3110 compass', addresses: [0x0e], fastest: 80 },
    ...([heading, ...namedAxes('field', 'µT', 1000)] as const),
  ),
  hmc6352: chip('hmc6352', { group: 'compass', label: 'HMC6352 compass', addresses: [0x21], fastest: 20 }, heading),
  'lsm303c-field': chip(
    'lsm303c-field',
    { group: 'compass', label: 'LSM303C as a compass', addresses: [0x1e], fastest: 80 },
    ...([heading, ...namedAxes('field', 'µT', 1600)] as const),
  ),
  'bno055-orientation': chip(
    'bno055',
    { group: 'compass', label: 'BNO055: heading, roll and pitch', addresses: BNO055, fastest: 100 },
    { name: 'heading', of: 'eulerHeading', unit: '°', min: 0, max: 360 },
    { name: 'roll', unit: '°', min: -180, max: 180 },
    { name: 'pitch', unit: '°', min: -180, max: 180 },
  ),
} as const satisfies Record<string, SensorEntry>;

export const MOTION_UNITS = {
  mpu6050: chip(
    'mpu6050',
    {
      ...{ group: 'motion unit', label: 'MPU-6050 or GY-521: acceleration, rotation, temperature', addresses: MPU6050 },
      options: [range(2, 4, 8, 16), turnRange],
    },
    ...([...namedAxes('acceleration', 'g', 16), ...namedAxes('rotation', '°/s', 2000), temperature(-40, 85)] as const),
  ),
  bno055: chip(
    'bno055',
    { group: 'motion unit', label: 'BNO055: acceleration, rotation, field', addresses: BNO055, fastest: 100 },
    ...([
      ...namedAxes('acceleration', 'g', 4),
      ...namedAxes('rotation', '°/s', 2000),
      ...namedAxes('field', 'µT', 2500),
    ] as const),
  ),
} as const satisfies Record<string, SensorEntry>;
