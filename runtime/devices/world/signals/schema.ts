/** What a signal of a virtual world is made of: one zod schema a type, as rows of a dialog have it. Safe in the browser. */
import { z } from 'zod';
import { settings } from '../../../messages/index.ts';

/** Numbers with commas between them. */
const numbers = (text: string): number[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(Number);

/** `20 10, 30 5`: 20 for 10 s, then 30 for 5 s. */
export const parseLevels = (text: string): { readonly level: number; readonly seconds: number }[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [level, seconds] = part.split(/\s+/).map(Number);
      return { level: level ?? NaN, seconds: seconds ?? NaN };
    });
export const parseAmplitudes = numbers;

/** Always the same. */
export const constantSignal = z.object({ type: z.literal('constant'), value: settings.number({ default: 0 }) });

export const sineSignal = z.object({
  type: z.literal('sine'),
  /** What it goes around. */
  around: settings.number({ default: 0 }),
  amplitude: settings.number({ default: 1 }),
  /** Hz */
  frequency: settings.number({ default: 1, min: 0, max: 500 }),
  /** Degrees by which it is ahead. */
  phase: settings.number({ default: 0, min: -360, max: 360 }),
});

/** A tone with its overtones: as a turning shaft or a voice has them. */
export const harmonicsSignal = z.object({
  type: z.literal('harmonics'),
  /** What it goes around. */
  around: settings.number({ default: 0 }),
  /** Of the first one, Hz. */
  frequency: settings.number({ default: 1, min: 0, max: 500 }),
  /** Of each multiple of the frequency, the first being the frequency itself. */
  amplitudes: z
    .string()
    .default('1, 0.5, 0.25')
    .refine((text) => numbers(text).length > 0 && numbers(text).every(Number.isFinite), {
      message: 'takes numbers with commas between them, such as "1, 0.5, 0.25"',
    }),
});

export const noiseSignal = z.object({
  type: z.literal('noise'),
  /** What it goes around. */
  around: settings.number({ default: 0 }),
  /** Standard deviation. */
  sd: settings.number({ default: 0.1, min: 0 }),
  /** Seconds that it takes to forget where it was; 0: every reading is new (white). */
  memory: settings.number({ default: 0, min: 0 }),
});

/** One level after the other, over and over. */
export const stepsSignal = z.object({
  type: z.literal('steps'),
  levels: z
    .string()
    .default('0 5, 1 5')
    .refine(
      (text) => {
        const steps = parseLevels(text);
        return steps.length > 0 && steps.every(({ level, seconds }) => Number.isFinite(level) && seconds > 0);
      },
      { message: 'takes levels with their seconds, such as "20 10, 30 5" for 20 over 10 s and then 30 over 5 s' },
    ),
});

/** Slowly away from where it was. */
export const driftSignal = z.object({
  type: z.literal('drift'),
  /** Where it begins. */
  around: settings.number({ default: 0 }),
  perHour: settings.number({ default: 1 }),
  /** It goes no further than this, up or down; 0: for ever. */
  most: settings.number({ default: 0, min: 0 }),
});

/** A random walk: nobody knows where it goes next, but it never jumps. */
export const walkSignal = z.object({
  type: z.literal('walk'),
  /** Where it begins. */
  around: settings.number({ default: 0 }),
  /** Standard deviation of what it has moved by after a minute. */
  perMinute: settings.number({ default: 1, min: 0 }),
  /** It turns back at this distance; 0: nowhere. */
  most: settings.number({ default: 0, min: 0 }),
});

/** A recording, played again. */
export const replaySignal = z.object({
  type: z.literal('replay'),
  /** Comma, semicolon or tab between the values; the first line names the columns. */
  csv: z.string().default(''),
  /** Its name; empty: the first column. */
  column: settings.text(),
  /** Rows a second. */
  rate: settings.number({ default: 100, min: 0.001, max: 1000 }),
  /** Begins again at the end. Without it nothing comes after the end. */
  loops: settings.flag(true),
});

/** What a message, or the slider of the same name, set it to. */
export const messageSignal = z.object({
  type: z.literal('message'),
  value: settings.number({ default: 0 }),
  min: settings.number({ default: 0 }),
  max: settings.number({ default: 100 }),
  /** Seconds in which it is most of the way at a new value. */
  smoothing: settings.number({ default: 0.3, min: 0, max: 60 }),
});

export const signalSpec = z.discriminatedUnion('type', [
  constantSignal,
  sineSignal,
  harmonicsSignal,
  noiseSignal,
  stepsSignal,
  driftSignal,
  walkSignal,
  replaySignal,
  messageSignal,
]);
export type SignalSpec = z.infer<typeof signalSpec>;
export type SignalType = SignalSpec['type'];
export const signalTypes = signalSpec.options.map((option) => option.shape.type.value) as [SignalType, ...SignalType[]];
