import type { Step } from './step.ts';

export type NumberArray = Float32Array | Float64Array;

/** Element types that a plan computes with. Integers and booleans are kept as whole numbers in float64. */
export type RowType = 'float32' | 'float64' | 'int64' | 'int32' | 'bool' | 'string';

/** Room for some rows of values. Its array is there once the plan is linked. */
export interface Slot {
  /** Values a row. */
  readonly width: number;
  readonly precision: 'float32' | 'float64';
  /** What writes it; undefined: the caller's input. */
  readonly from: Step | undefined;
  /** Under several names: what writes it must stay as it is. */
  shared: boolean;
  array: NumberArray;
}

/** A value with rows as its first dimension. */
export interface Rows {
  readonly kind: 'rows';
  readonly type: RowType;
  /** Sizes of the dimensions after the first. */
  readonly dims: readonly number[];
  readonly slot: Slot;
  /** Then the slot holds places in this list, which are what the model says: class labels. */
  readonly labels?: Labels;
  /** Its shape is [1, rows], as a look-up of labels leaves it: only what brings the rows to the front takes it. */
  readonly across?: boolean;
}

export type Labels = readonly bigint[] | readonly string[];

/** A value that is known before any row comes: weights, scales, class labels. */
export interface Constant {
  readonly kind: 'constant';
  readonly type: string;
  readonly dims: readonly number[];
  /** Row-major. */
  readonly values: readonly number[] | NumberArray;
  /** Instead of values: strings. */
  readonly texts?: readonly string[];
}

export type Value = Rows | Constant;

const NO_ARRAY = new Float32Array(0);

export function newSlot(type: RowType, width: number, from: Step | undefined): Slot {
  return { width, precision: type === 'float32' ? 'float32' : 'float64', from, shared: false, array: NO_ARRAY };
}

export const sizeOf = (dims: readonly number[]): number => dims.reduce((product, size) => product * size, 1);
