import { z } from 'zod';
import { FAST_CHIPS, type FastChip, type FastChipName } from './fast-chips.ts';

/** How what is read of a channel becomes a value: what is wired there. */
export interface ChannelKindEntry {
  readonly label: string;
  readonly unit: string;
  /** Value of a reading: `(reading - offset) × scale`, of an analog pin in volts, of a chip in counts. */
  readonly offset: number;
  readonly scale: number;
  /** Of an analog pin: what comes is a share of the board's supply, whatever that is. */
  readonly ratiometric?: true;
  /** Of a chip on the I2C bus: which, and which of its 16-bit words. */
  readonly chip?: FastChipName;
  readonly word?: number;
}

/**
 * What an analog pin can be wired to.
 *
 * Sources: ADXL335 data sheet rev. B (0 g at half of the 3.3 V supply, 330 mV/g); TMP36 data sheet rev. H (750 mV at
 * 25 °C, 10 mV/°C); LM35 data sheet (10 mV/°C from 0 °C).
 */
export const ANALOG_KINDS = {
  adxl335: { label: 'ADXL335 accelerometer axis', unit: 'g', offset: 1.65, scale: 1 / 0.33 },
  tmp36: { label: 'TMP36 thermometer', unit: '°C', offset: 0.5, scale: 100 },
  lm35: { label: 'LM35 thermometer', unit: '°C', offset: 0, scale: 100 },
  volts: { label: 'voltage', unit: 'V', offset: 0, scale: 1 },
  percent: { label: 'potentiometer (share of the supply)', unit: '%', offset: 0, scale: 20, ratiometric: true },
} as const satisfies Record<string, ChannelKindEntry>;

const MPU6050 = { chip: 'mpu6050', offset: 0 } as const;
const acceleration = { ...MPU6050, unit: 'g', scale: 1 / 16_384 } as const;
const rotation = { ...MPU6050, unit: '°/s', scale: 1 / 131 } as const;
const adxl345 = { chip: 'adxl345', offset: 0, unit: 'g', scale: 1 / 256 } as const;
/** 2 mg a digit of twelve bits, which stand at the upper end of sixteen. */
const lis3dh = { chip: 'lis3dh', offset: 0, unit: 'g', scale: 2 / 16_000 } as const;

/** What chips on the I2C bus give. */
export const CHIP_KINDS = {
  'mpu6050-acceleration-x': { ...acceleration, label: 'MPU-6050 acceleration x', word: 0 },
  'mpu6050-acceleration-y': { ...acceleration, label: 'MPU-6050 acceleration y', word: 1 },
  'mpu6050-acceleration-z': { ...acceleration, label: 'MPU-6050 acceleration z', word: 2 },
  'mpu6050-rotation-x': { ...rotation, label: 'MPU-6050 rotation x', word: 4 },
  'mpu6050-rotation-y': { ...rotation, label: 'MPU-6050 rotation y', word: 5 },
  'mpu6050-rotation-z': { ...rotation, label: 'MPU-6050 rotation z', word: 6 },
  'mpu6050-temperature': {
    ...{ chip: 'mpu6050', label: 'MPU-6050 temperature', unit: '°C', word: 3 },
    ...{ offset: -36.53 * 340, scale: 1 / 340 },
  },
  'adxl345-x': { ...adxl345, label: 'ADXL345 acceleration x', word: 0 },
  'adxl345-y': { ...adxl345, label: 'ADXL345 acceleration y', word: 1 },
  'adxl345-z': { ...adxl345, label: 'ADXL345 acceleration z', word: 2 },
  'lis3dh-x': { ...lis3dh, label: 'LIS3DH acceleration x', word: 0 },
  'lis3dh-y': { ...lis3dh, label: 'LIS3DH acceleration y', word: 1 },
  'lis3dh-z': { ...lis3dh, label: 'LIS3DH acceleration z', word: 2 },
} as const satisfies Record<string, ChannelKindEntry>;

export type AnalogKind = keyof typeof ANALOG_KINDS;
export type ChannelKind = AnalogKind | keyof typeof CHIP_KINDS;
export const CHANNEL_KINDS: Readonly<Record<ChannelKind, ChannelKindEntry>> = { ...ANALOG_KINDS, ...CHIP_KINDS };
export const analogKinds = Object.keys(ANALOG_KINDS) as [AnalogKind, ...AnalogKind[]];
export const channelKinds = Object.keys(CHANNEL_KINDS) as [ChannelKind, ...ChannelKind[]];

/** One value that is read together with others: of an analog pin, or of a chip on the bus. */
export const channel = z.object({
  name: z.string().trim().min(1),
  /** `A0`; of a chip its address, `0x69`, or nothing for its usual one. */
  pin: z.string().trim().default(''),
  kind: z.enum(channelKinds).default('volts'),
});
export type Channel = z.infer<typeof channel>;

const ADDRESS = /^\s*0x[0-9a-f]{1,2}\s*$/i;

/** The chip of a channel and where it is, or `undefined` of an analog pin. */
export function chipOf({ kind, pin }: Pick<Channel, 'kind' | 'pin'>) {
  const name = CHANNEL_KINDS[kind].chip;
  if (name === undefined) return undefined;
  const chip: FastChip = FAST_CHIPS[name];
  const given = ADDRESS.test(pin) ? Number.parseInt(pin, 16) : undefined;
  return { name, chip, address: given ?? chip.addresses[0] ?? 0 };
}

/** Under which name the readings of a channel come from the board: `A0`, or the address and number of a word: `104:2`. */
export function sourceOf(given: Channel): string {
  const on = chipOf(given);
  return on ? `${on.address}:${CHANNEL_KINDS[given.kind].word ?? 0}` : given.pin;
}

/** What the built-in pump has on its analog pins. */
export const STANDARD_CHANNELS: Channel[] = [
  { name: 'x', pin: 'A0', kind: 'adxl335' },
  { name: 'y', pin: 'A1', kind: 'adxl335' },
  { name: 'z', pin: 'A2', kind: 'adxl335' },
  { name: 'temperature', pin: 'A3', kind: 'tmp36' },
];
