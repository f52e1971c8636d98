import type { PlainTensor, TensorValues } from '../../tiers/tier.ts';
import type { NumberArray, RowType } from '../graph/value.ts';
import type { Named } from './plan.ts';

/** Takes one output's values out of its slot, block by block, into an array that belongs to the caller. */
export interface Taker {
  readonly name: string;
  begin(rows: number): void;
  put(from: number, count: number): void;
  end(): PlainTensor;
}

type Writable = Exclude<TensorValues, readonly string[]> | string[];
type Put = (array: NumberArray, to: Writable, from: number, length: number) => void;

export function createTaker({ name, rows }: Named): Taker {
  const { type, dims, slot, labels } = rows;
  const { width } = slot;
  const put = labels ? putLabels(labels) : (PUT[type] ?? putNumbers);
  const make = MAKE[type];
  let data: Writable = [];
  let total = 0;
  return {
    name,
    begin(count) {
      total = count;
      data = make(count * width);
    },
    put: (from, count) => put(slot.array, data, from * width, count * width),
    end: () => ({ type, dims: dims.length === 1 ? [total, dims[0] as number] : [total, ...dims], data }),
  };
}

const MAKE: Readonly<Record<RowType, (length: number) => Writable>> = {
  float32: (length) => new Float32Array(length),
  float64: (length) => new Float64Array(length),
  int64: (length) => new BigInt64Array(length),
  int32: (length) => new Int32Array(length),
  bool: (length) => new Uint8Array(length),
  string: (length) => new Array<string>(length).fill(''),
};

const putLabels =
  (labels: readonly bigint[] | readonly string[]): Put =>
  (array, to, from, length) => {
    const list = to as unknown[];
    for (let index = 0; index < length; index++) list[from + index] = labels[array[index] as number];
  };

const putNumbers: Put = (array, to, from, length) => {
  const list = to as Float64Array;
  for (let index = 0; index < length; index++) list[from + index] = array[index] as number;
};

/** What ArgMax gives: making a bigint takes longer than finding the maximum. */
const SMALL = Array.from({ length: 64 }, (_, value) => BigInt(value));

const PUT: Partial<Record<RowType, Put>> = {
  float32(array, to, from, length) {
    const floats = to as Float32Array;
    for (let index = 0; index < length; index++) floats[from + index] = array[index] as number;
  },
  int64(array, to, from, length) {
    const longs = to as BigInt64Array;
    for (let index = 0; index < length; index++) {
      const value = array[index] as number;
      longs[from + index] = SMALL[value] ?? BigInt(value);
    }
  },
};
