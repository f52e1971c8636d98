import type { ModelInput } from '../../models/package/index.ts';

/** How the shape of an input divides into rows and what belongs to one row. */
export interface RowShape {
  /** `free`: any number of rows; `one`: a dimension of 1; `none`: the whole tensor is one row. */
  readonly rows: 'free' | 'one' | 'none';
  /** The dimensions of one row; undefined is free. */
  readonly row: readonly (number | undefined)[];
  /** Values a row; undefined where a dimension is free. */
  readonly count: number | undefined;
}

/** The first dimension counts rows where it is free or 1. */
export function rowShape({ shape }: Pick<ModelInput, 'shape'>): RowShape {
  const sizes = shape.map((size) => (typeof size === 'number' ? size : undefined));
  const [first] = sizes;
  const rows = sizes.length === 0 || (first !== undefined && first !== 1) ? 'none' : first === 1 ? 'one' : 'free';
  const row = rows === 'none' ? sizes : sizes.slice(1);
  const count = row.reduce<number | undefined>(
    (product, size) => (product === undefined || size === undefined ? undefined : product * size),
    1,
  );
  return { rows, row, count };
}

/**
 * The dimensions of rows with so many values each.
 *
 * @returns nothing where more than one dimension is free, or none fits
 */
export function dimsFor(shape: RowShape, rows: number, values: number): number[] | undefined {
  const known = shape.row.reduce<number>((product, size) => product * (size ?? 1), 1);
  const free = shape.row.filter((size) => size === undefined).length;
  const size = values / known;
  if (free > 1 || !Number.isInteger(size) || (free === 0 && size !== 1)) return undefined;
  return withRows(
    shape,
    rows,
    shape.row.map((known) => known ?? size),
  );
}

export const withRows = (shape: RowShape, rows: number, row: readonly number[]): number[] =>
  shape.rows === 'none' ? [...row] : [rows, ...row];
