/** What `groom` can do to a stream of readings before it is relayed. Safe in the browser. */
import { z } from 'zod';
import { UNIT_SYMBOLS } from './units.ts';

/** Empty: every channel. */
const channels = z.array(z.string().min(1)).default([]);
const seconds = (standard: number) => z.number().nonnegative().default(standard);

/** What is wrong with a range whose ends are the wrong way round. */
export const UPSIDE_DOWN = { message: 'the lowest lies above the highest', path: ['low'] };

/** Leaves out what the sensor cannot have measured. */
export const rangeStep = z
  .object({ type: z.literal('range'), channels, low: z.number().default(0), high: z.number().default(100) })
  .refine(({ low, high }) => low <= high, UPSIDE_DOWN);

/** Leaves out what lies too far from the median of the last values, by Hampel. */
export const outliersStep = z.object({
  type: z.literal('outliers'),
  channels,
  /** Values, the newest included. */
  window: z.number().int().min(3).max(1001).default(7),
  sigmas: z.number().positive().default(3),
  /** Deviations up to this much are none, in the channel's unit: a sensor that counts in steps scatters by 0. */
  least: z.number().nonnegative().default(0),
});

/** Leaves out what has been sent already. */
export const duplicatesStep = z.object({
  type: z.literal('duplicates'),
  channels,
  /** The same value as the one before it, or a message whose id came before. */
  by: z.enum(['value', 'id']).default('value'),
  /** s; 0: however long ago. */
  within: seconds(0),
});

/** Converts to another unit of the same dimension. */
export const unitStep = z.object({
  type: z.literal('unit'),
  channels,
  /** Empty: the unit that the message names. */
  from: z.enum(['', ...UNIT_SYMBOLS]).default(''),
  to: z.enum(UNIT_SYMBOLS).default('°C'),
});

/** Leaves out what differs too little from the last that was sent. */
export const deadbandStep = z.object({
  type: z.literal('deadband'),
  channels,
  amount: z.number().nonnegative().default(1),
  /** Whether the amount is in % of the last value that was sent, or in the channel's unit. */
  percent: z.boolean().default(true),
  /** s after which a value is sent even so; 0: never. */
  heartbeat: seconds(60),
});

export const SUMMARIES = ['min', 'mean', 'max', 'last'] as const;
export type Summary = (typeof SUMMARIES)[number];

/** One reading a period, which summarises those in it. */
export const aggregateStep = z.object({
  type: z.literal('aggregate'),
  channels,
  /** s; periods begin at whole multiples since 1970. */
  period: z.number().positive().default(10),
  summaries: z.array(z.enum(SUMMARIES)).min(1).default(['mean']),
});

/** Keeps only the readings between which a straight line tells the others. */
export const compressStep = z.object({
  type: z.literal('compress'),
  channels,
  /** How far the line may lie from a reading that was left out, in the channel's unit. */
  deviation: z.number().nonnegative().default(0.1),
  /** s after which a reading is kept even so; 0: never. */
  longest: seconds(600),
});

export const groomStep = z.discriminatedUnion('type', [
  rangeStep,
  outliersStep,
  duplicatesStep,
  unitStep,
  deadbandStep,
  aggregateStep,
  compressStep,
]);
export type GroomStep = z.infer<typeof groomStep>;
export type RangeStep = z.infer<typeof rangeStep>;
export type OutliersStep = z.infer<typeof outliersStep>;
export type DuplicatesStep = z.infer<typeof duplicatesStep>;
export type UnitStep = z.infer<typeof unitStep>;
export type DeadbandStep = z.infer<typeof deadbandStep>;
export type AggregateStep = z.infer<typeof aggregateStep>;
export type CompressStep = z.infer<typeof compressStep>;
