import type { PlainTensor, Tensors } from '../../tiers/tier.ts';
import type { Slot } from '../graph/value.ts';
import type { PlanInput } from './plan.ts';

/** Brings the caller's values of one input into its slot, block by block. */
export interface Feeder {
  /**
   * Checks the input and keeps it for `fill`.
   *
   * @param rows what the inputs before have; -1: this is the first
   * @returns the number of rows
   */
  take(feeds: Tensors, rows: number): number;
  fill(from: number, count: number): void;
}

export function createFeeder({ name, rows: { type, dims, slot }, fixedRows }: PlanInput): Feeder {
  const { width } = slot;
  const rank = dims.length + 1;
  let values: ArrayLike<number | bigint> = [];

  const fits = (tensor: PlainTensor): boolean => {
    if (tensor.dims.length !== rank) return false;
    for (let axis = 1; axis < rank; axis++) if (tensor.dims[axis] !== dims[axis - 1]) return false;
    const [rows = 0] = tensor.dims;
    if (fixedRows !== undefined && rows !== fixedRows) return false;
    return tensor.data.length === rows * width;
  };

  return {
    take(feeds, before) {
      const tensor = feeds[name];
      if (tensor === undefined) throw new Error(`the input "${name}" is missing`);
      if (tensor.type !== type) throw new Error(`the input "${name}" takes ${type}, not ${tensor.type}`);
      if (!fits(tensor)) {
        const wanted = [fixedRows ?? 'rows', ...dims].join(', ');
        throw new Error(`the input "${name}" takes the shape [${wanted}], not [${tensor.dims.join(', ')}]`);
      }
      const rows = tensor.dims[0] as number;
      if (before >= 0 && rows !== before) throw new Error(`the input "${name}" has ${rows} rows, the others ${before}`);
      values = tensor.data as ArrayLike<number | bigint>;
      return rows;
    },
    fill: (from, count) => copy(values, from * width, slot, count * width),
  };
}

function copy(values: ArrayLike<number | bigint>, from: number, slot: Slot, length: number): void {
  const { array } = slot;
  if (values instanceof Float32Array && array instanceof Float32Array) copyFloats(values, from, array, length);
  else for (let index = 0; index < length; index++) array[index] = Number(values[from + index]);
}

// Apart, so that it is compiled for this kind of array only.
function copyFloats(values: Float32Array, from: number, array: Float32Array, length: number): void {
  for (let index = 0; index < length; index++) array[index] = values[from + index] as number;
}
