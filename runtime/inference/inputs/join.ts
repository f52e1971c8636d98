import { errors } from '../errors.ts';
import type { TensorValues } from '../tiers/tier.ts';
import type { InputSpec } from './input-spec.ts';
import type { Part } from './part.ts';
import { withRows } from './row-shape.ts';

/** Rows that were read one by one, as one tensor. Where the input has no dimension for rows, its shape is that of one. */
export function joined(spec: InputSpec, parts: readonly Part[]): Part {
  const { element, shape } = spec;
  const dims = parts[0]?.tensor.dims ?? [];
  const size = parts[0]?.tensor.data.length ?? 0;
  const data = element.make(size * parts.length);
  for (const [row, { tensor }] of parts.entries()) put(data, row * size, tensor.data);
  const own = shape.rows === 'none' ? dims : dims.slice(1);
  return {
    tensor: { type: element.name, dims: withRows(shape, parts.length, own), data },
    rows: parts.length,
    batch: true,
  };
}

/** @throws MODEL_BATCH_UNEVEN where a part is no single row, or not as large as the first */
export function checkEven(model: string, { name }: InputSpec, part: Part, first: Part): void {
  if (part.rows === 1 && part.tensor.dims.every((size, i) => size === first.tensor.dims[i])) return;
  throw errors.MODEL_BATCH_UNEVEN({ model, input: name });
}

function put(to: TensorValues, at: number, from: TensorValues): void {
  if (to instanceof BigInt64Array || to instanceof BigUint64Array) to.set(from as BigInt64Array, at);
  else if (ArrayBuffer.isView(to)) to.set(from as Float32Array, at);
  else for (let i = 0; i < from.length; i++) (to as string[])[at + i] = from[i] as string;
}
