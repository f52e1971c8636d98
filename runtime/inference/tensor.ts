import type { Tensor } from '../models/package/index.ts';
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
      return BigInt64Array.from(data, (value) => BigInt(value));
    case 'int32':
      return Int32Array.from(data, Number);
    case 'float64':
      return Float64Array.from(data, Number);
    case 'bool':
    case 'uint8':
      return Uint8Array.from(data, Number);
    default:
      return Float32Array.from(data, Number);
  }
}

/** A tensor's values as plain numbers or texts: 64-bit integers lose their precision beyond 2^53. */
export function plainValues({ data }: PlainTensor): (number | string)[] {
  return Array.from<number | bigint | string, number | string>(data, (value) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
}
