import { z } from 'zod';

/** How the voltage on an analog pin becomes a value: what is wired there. */
export interface ChannelKindEntry {
  readonly label: string;
  readonly unit: string;
  /** Value of a reading: `(volts - offset) × scale`. */
  readonly offset: number;
  readonly scale: number;
}

/**
 * What an analog pin can be wired to.
 *
 * Sources: ADXL335 data sheet rev. B (0 g at half of the 3.3 V supply, 330 mV/g); TMP36 data sheet rev. H (750 mV at
 * 25 °C, 10 mV/°C); LM35 data sheet (10 mV/°C from 0 °C).
 */
export const CHANNEL_KINDS = {
  adxl335: { label: 'ADXL335 accelerometer axis', unit: 'g', offset: 1.65, scale: 1 / 0.33 },
  tmp36: { label: 'TMP36 thermometer', unit: '°C', offset: 0.5, scale: 100 },
  lm35: { label: 'LM35 thermometer', unit: '°C', offset: 0, scale: 100 },
  volts: { label: 'voltage', unit: 'V', offset: 0, scale: 1 },
  percent: { label: 'potentiometer (share of 5 V)', unit: '%', offset: 0, scale: 20 },
} as const satisfies Record<string, ChannelKindEntry>;

export type ChannelKind = keyof typeof CHANNEL_KINDS;
export const channelKinds = Object.keys(CHANNEL_KINDS) as [ChannelKind, ...ChannelKind[]];

/** One analog pin that is read together with others. */
export const channel = z.object({
  name: z.string().trim().min(1),
  /** `A0` */
  pin: z.string().trim().min(1),
  kind: z.enum(channelKinds).default('volts'),
});
export type Channel = z.infer<typeof channel>;

/** What the built-in pump has on its analog pins. */
export const STANDARD_CHANNELS: Channel[] = [
  { name: 'x', pin: 'A0', kind: 'adxl335' },
  { name: 'y', pin: 'A1', kind: 'adxl335' },
  { name: 'z', pin: 'A2', kind: 'adxl335' },
  { name: 'temperature', pin: 'A3', kind: 'tmp36' },
];
