import { toHalf } from '../half.ts';
import type { TensorValues } from '../tiers/tier.ts';

/** The element types that a message can be turned into. */
export type ElementName =
  | 'float32'
  | 'float64'
  | 'float16'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'bool'
  | 'string';

/** How values get into a tensor of one element type. */
export interface Element {
  readonly name: ElementName;
  /** In plain words: `a number`. */
  readonly words: string;
  /** Smallest and largest, of integers. */
  readonly range?: readonly [bigint, bigint];
  /** Holds a missing value as NaN. */
  readonly floating: boolean;
  /** Of floating types: any number as it is written, not a number and infinities too. */
  readonly stored?: (value: number) => number;
  make(length: number): TensorValues;
  /** @returns false where the value is none that this type takes; nothing is written then */
  put(to: TensorValues, at: number, value: unknown): boolean;
}

type FloatName = 'float32' | 'float64' | 'float16';

interface Float {
  readonly make: (length: number) => TensorValues;
  /** Also once it is rounded. */
  readonly finite: (value: number) => boolean;
  readonly stored: (value: number) => number;
}

const same = (value: number) => value;
const FLOATS: Record<FloatName, Float> = {
  float32: {
    make: (length) => new Float32Array(length),
    finite: (value) => Number.isFinite(Math.fround(value)),
    stored: same,
  },
  float64: { make: (length) => new Float64Array(length), finite: Number.isFinite, stored: same },
  float16: { make: (length) => new Uint16Array(length), finite: (value) => Math.abs(value) < 65520, stored: toHalf },
};

function floating(name: FloatName): Element {
  const { make, finite, stored } = FLOATS[name];
  return {
    name,
    make,
    stored,
    words: 'a number',
    floating: true,
    put(to, at, value) {
      if (typeof value !== 'number' || !finite(value)) return false;
      (to as Float64Array)[at] = stored(value);
      return true;
    },
  };
}

function integer(name: ElementName, length: number, signed: boolean, make: (length: number) => TensorValues): Element {
  const least = signed ? -(2 ** (length - 1)) : 0;
  const most = signed ? 2 ** (length - 1) - 1 : 2 ** length - 1;
  return {
    name,
    make,
    words: 'a whole number',
    range: [BigInt(least), BigInt(most)],
    floating: false,
    put(to, at, value) {
      if (typeof value === 'bigint') value = Number(value);
      if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) return false;
      (to as Int32Array)[at] = value;
      return true;
    },
  };
}

function long(name: ElementName, signed: boolean, make: (length: number) => TensorValues): Element {
  const least = signed ? -(1n << 63n) : 0n;
  const most = (1n << (signed ? 63n : 64n)) - 1n;
  return {
    name,
    make,
    words: 'a whole number',
    range: [least, most],
    floating: false,
    put(to, at, value) {
      if (typeof value === 'number' && Number.isInteger(value)) value = BigInt(value);
      if (typeof value !== 'bigint' || value < least || value > most) return false;
      (to as BigInt64Array)[at] = value;
      return true;
    },
  };
}

const ELEMENTS: Record<ElementName, Element> = {
  float32: floating('float32'),
  float64: floating('float64'),
  float16: floating('float16'),
  int8: integer('int8', 8, true, (length) => new Int8Array(length)),
  uint8: integer('uint8', 8, false, (length) => new Uint8Array(length)),
  int16: integer('int16', 16, true, (length) => new Int16Array(length)),
  uint16: integer('uint16', 16, false, (length) => new Uint16Array(length)),
  int32: integer('int32', 32, true, (length) => new Int32Array(length)),
  uint32: integer('uint32', 32, false, (length) => new Uint32Array(length)),
  int64: long('int64', true, (length) => new BigInt64Array(length)),
  uint64: long('uint64', false, (length) => new BigUint64Array(length)),
  bool: {
    name: 'bool',
    words: 'true or false',
    floating: false,
    make: (length) => new Uint8Array(length),
    put(to, at, value) {
      const bit = value === true || value === 1 ? 1 : value === false || value === 0 ? 0 : undefined;
      if (bit === undefined) return false;
      (to as Uint8Array)[at] = bit;
      return true;
    },
  },
  string: {
    name: 'string',
    words: 'a text',
    floating: false,
    make: (length) => new Array<string>(length).fill(''),
    put(to, at, value) {
      if (typeof value !== 'string') return false;
      (to as string[])[at] = value;
      return true;
    },
  },
};

/** @returns nothing for a type that no message can be turned into: `complex64`, `bfloat16` … */
export function elementOf(type: string): Element | undefined {
  return Object.hasOwn(ELEMENTS, type) ? ELEMENTS[type as ElementName] : undefined;
}
