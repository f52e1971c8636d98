import type { Tensor } from '../models/package/index.ts';
import { fromHalf, toHalf } from './half.ts';
import type { PlainTensor, TensorValues } from './tiers/tier.ts';

/** A tensor of a model.json as the tiers take it. */
export function toPlainTensor(type: string, { shape, data }: Tensor): PlainTensor {
  return { type, dims: shape, data: typed(type, data) };
}

function typed(type: string, data: readonly (number | string)[]): TensorValues {
  switch (type) {
    case 'string':
      return data.map(String);
    case 'int64':
      return BigInt64Array.from(data, BigInt);
    case 'uint64':
      return BigUint64Array.from(data, BigInt);
    case 'float16':
      return Uint16Array.from(data, (value) => toHalf(Number(value)));
    default:
      return new (ARRAYS[type] ?? Float32Array)(data.map(Number));
  }
}

const ARRAYS: Partial<Record<string, new (values: number[]) => TensorValues>> = {
  float64: Float64Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int8: Int8Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

/** A tensor's values as plain numbers or texts: 64-bit integers lose their precision beyond 2^53. */
export function plainValues({ type, data }: PlainTensor): (number | string)[] {
  return Array.from<number | bigint | string, number | string>(data, (value) => {
    if (typeof value === 'bigint') return Number(value);
    return type === 'float16' ? fromHalf(Number(value)) : value;
  });
}
