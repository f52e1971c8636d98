/** What `groom` can do to a stream of readings before it is relayed. Safe in the browser. */
import { z } from 'zod';
import { UNIT_SYMBOLS } from './units.ts';

/** Empty: every channel. */
const channels = z.array(z.string().min(1)).default([]);
const seconds = z.number().nonnegative();

/** Leaves out what the sensor cannot have measured. */
export const rangeStep = z
  .object({ step: z.literal('range'), channels, low: z.number(), high: z.number() })
  .refine(({ low, high }) => low <= high, { message: 'the lowest lies above the highest', path: ['low'] });

/** Leaves out what lies too far from the median of the last values, by Hampel. */
export const outliersStep = z.object({
  step: z.literal('outliers'),
  channels,
  /** Values, the newest included. */
  window: z.number().int().min(3).max(1001),
  sigmas: z.number().positive(),
  /** Deviations up to this much are none, in the channel's unit: a sensor that counts in steps scatters by 0. */
  least: z.number().nonnegative().default(0),
});

/** Leaves out what has been sent already. */
export const duplicatesStep = z.object({
  step: z.literal('duplicates'),
  channels,
  /** The same value as the one before it, or a message whose id came before. */
  by: z.enum(['value', 'id']),
  /** s; 0: however long ago. */
  within: seconds,
});

/** Converts to another unit of the same dimension. */
export const unitStep = z.object({
  step: z.literal('unit'),
  channels,
  /** Empty: the unit that the message names. */
  from: z.enum(['', ...UNIT_SYMBOLS]),
  to: z.enum(UNIT_SYMBOLS),
});

/** Leaves out what differs too little from the last that was sent. */
export const deadbandStep = z.object({
  step: z.literal('deadband'),
  channels,
  amount: z.number().nonnegative(),
  /** Whether the amount is in % of the last value that was sent, or in the channel's unit. */
  percent: z.boolean().default(false),
  /** s after which a value is sent even so; 0: never. */
  heartbeat: seconds,
});

export const SUMMARIES = ['min', 'mean', 'max', 'last'] as const;
export type Summary = (typeof SUMMARIES)[number];

/** One reading a period, which summarises those in it. */
export const aggregateStep = z.object({
  step: z.literal('aggregate'),
  channels,
  /** s; periods begin at whole multiples since 1970. */
  period: z.number().positive(),
  summaries: z.array(z.enum(SUMMARIES)).min(1),
});

/** Keeps only the readings between which a straight line tells the others. */
export const compressStep = z.object({
  step: z.literal('compress'),
  channels,
  /** How far the line may lie from a reading that was left out, in the channel's unit. */
  deviation: z.number().nonnegative(),
  /** s after which a reading is kept even so; 0: never. */
  longest: seconds,
});

export const groomStep = z.discriminatedUnion('step', [
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
