/**
 * The building blocks of a node's settings. Node-RED's dialogs save text, so every block takes the text form of its
 * value too. Each block has a default: a node works before its dialog is opened.
 */
import { z } from 'zod';

export const CATEGORIES = ['sensors', 'prepare', 'learn & predict', 'monitor', 'cloud'] as const;
export type Category = (typeof CATEGORIES)[number];

/** How a node stands in the palette and on the canvas. */
export interface Palette {
  readonly category: Category | 'config';
  /** Its place in the category. Those without one follow, by name. */
  readonly order?: number;
  /** 0 or 1 */
  readonly inputs?: number;
  readonly outputs?: number;
  /** `right`: the icon stands at the right end, as for nodes that end a flow. */
  readonly align?: 'right';
}

interface NumberBounds {
  readonly default: number;
  readonly min?: number;
  readonly max?: number;
}

function bounded(schema: z.ZodNumber, { min, max }: NumberBounds): z.ZodNumber {
  let result = schema;
  if (min !== undefined) result = result.min(min);
  if (max !== undefined) result = result.max(max);
  return result;
}

// An emptied field means the default, not 0.
const fromText = (value: unknown) => {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  return text === '' ? undefined : Number(text);
};

export const number = (bounds: NumberBounds) =>
  z.preprocess(fromText, bounded(z.number(), bounds).default(bounds.default));

export const integer = (bounds: NumberBounds) =>
  z.preprocess(fromText, bounded(z.number().int(), bounds).default(bounds.default));

export const text = (standard = '') => z.string().default(standard);

export const flag = (standard: boolean) =>
  z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean().default(standard));

export const choice = <const T extends readonly [string, ...string[]]>(options: T, standard: T[number]) =>
  z.enum(options).default(standard as never);

/** A name by which one signs in may be seen again in the dialog; every other secret is only ever written. */
export const credentialType = (name: string): 'text' | 'password' =>
  ['username', 'accessKeyId'].includes(name) ? 'text' : 'password';

/** The id of a config node of this type; empty means the built-in default. */
export const reference = (type: string) => z.string().default('').meta({ configNode: type });

/** A message property, such as `payload` or `payload.temperature`. */
export const property = (standard = 'payload') => z.string().min(1).default(standard);

/** Several values; a dialog edits it as rows. */
export const list = <T extends z.ZodType>(item: T, standard: z.output<T>[]) => z.array(item).default(standard as never);
