import type { PlainTensor, Tensors } from '../tiers/tier.ts';
import type { InputSpec } from './input-spec.ts';

/** One run a row, for a model that takes no more at a time. */
export function oneByOne(specs: readonly InputSpec[], feeds: Tensors, rows: number): Tensors[] {
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(specs.map((spec) => [spec.name, rowOf(spec, feeds[spec.name] as PlainTensor, row, rows)])),
  );
}

function rowOf({ shape }: InputSpec, { type, dims, data }: PlainTensor, row: number, rows: number): PlainTensor {
  const size = data.length / rows;
  const own = shape.rows === 'none' ? dims : [1, ...dims.slice(1)];
  return { type, dims: own, data: data.slice(row * size, (row + 1) * size) };
}
