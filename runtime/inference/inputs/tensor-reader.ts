import { errors } from '../errors.ts';
import type { TensorValues } from '../tiers/tier.ts';
import { ofItem } from './batch.ts';
import { type Column, putColumn } from './column.ts';
import type { InputSpec } from './input-spec.ts';
import { checkEven, joined } from './join.ts';
import { isBytes, isValues, type Shaped, shapedOf, shown, type Values } from './look.ts';
import { flatten } from './nested-values.ts';
import type { Item, Part, PartReader, ToItem } from './part.ts';
import { dimsFor, withRows } from './row-shape.ts';

/**
 * Reads tensors: with their shape, as nested arrays, or as a flat array for one row; what the input takes beside that; and
 * arrays of any of these.
 *
 * @param takes  in words, for messages
 * @param toItem what else it takes, one row at a time
 */
export function createTensorReader(model: string, spec: InputSpec, takes: string, toItem: ToItem): PartReader {
  const { name, element, shape, kind } = spec;
  const { row, rows: rowsAre } = shape;
  const expected = `[${[...(rowsAre === 'none' ? [] : ['rows']), ...row.map((size) => size ?? 'any')].join(', ')}]`;
  const mismatch = (got: readonly number[], values: number) =>
    errors.MODEL_SHAPE_MISMATCH({ model, input: name, expected, got: `[${got.join(', ')}]`, values });

  const elements = (values: Values, length: number): TensorValues => {
    const to = element.make(length);
    const column: Column = { name, element, input: 0, at: 0, missing: false };
    for (let i = 0; i < length; i++) {
      const value = values[i];
      // Whoever sends a tensor may mean its infinities; nobody means those of a picture or a window.
      if (kind === 'tensor' && typeof value === 'number' && element.stored)
        (to as Float64Array)[i] = element.stored(value);
      else if (!element.put(to, i, value)) putColumn(model, { ...column, name: `${name}[${i}]` }, to, i, value);
    }
    return to;
  };

  const fits = (dims: readonly number[]) =>
    dims.length === row.length && row.every((size, i) => size === undefined || size === dims[i]);

  /** @param dims with the dimension of rows, or of one row */
  const whole = (values: Values, dims: readonly number[]): Part => {
    const length = dims.reduce((product, size) => product * size, 1);
    const counted = rowsAre !== 'none' && dims.length === row.length + 1;
    const own = counted ? dims.slice(1) : dims;
    const rows = counted ? (dims[0] ?? 0) : 1;
    if (!fits(own) || values.length !== length) throw mismatch(dims, values.length);
    if (rows === 0) throw errors.MODEL_BATCH_EMPTY({ model });
    return part({ data: elements(values, length), dims: own }, rows, rows > 1);
  };

  const part = ({ data, dims }: Item, rows: number, batch: boolean): Part => {
    return { tensor: { type: element.name, dims: withRows(shape, rows, dims), data }, rows, batch };
  };

  const bits = (value: unknown, { data, shape: dims }: Shaped): Part | undefined => {
    const { type } = value as { type?: unknown };
    if (element.name !== 'float16' || type !== 'float16' || !(data instanceof Uint16Array)) return undefined;
    const read = whole(new Array(data.length).fill(0), dims);
    return { ...read, tensor: { ...read.tensor, data: data.slice() } };
  };

  /** One row out of a flat list. */
  const flatRow = (values: Values): Part => {
    const dims = dimsFor(shape, 1, values.length);
    if (dims)
      return part({ data: elements(values, values.length), dims: rowsAre === 'none' ? dims : dims.slice(1) }, 1, false);
    if (row.filter((size) => size === undefined).length > 1)
      throw errors.MODEL_SHAPE_UNKNOWN({ model, input: name, expected, values: values.length });
    throw mismatch([values.length], values.length);
  };

  const nested = (values: Values): Part => {
    const flat = flatten(values);
    if (!flat) throw errors.MODEL_BATCH_UNEVEN({ model, input: name });
    const { data, sizes } = flat;
    if (sizes.length === row.length || (sizes.length === row.length + 1 && rowsAre !== 'none')) {
      const { tensor, rows } = whole(data, sizes);
      return { tensor, rows, batch: sizes.length > row.length };
    }
    if (sizes.length === 1) return flatRow(data);
    if (sizes.length === 2 && rowsAre !== 'none') return items(values);
    throw mismatch(sizes, data.length);
  };

  const items = (values: Values): Part => {
    const parts: Part[] = [];
    try {
      for (let i = 0; i < values.length; i++) {
        const each = single(values[i]);
        checkEven(model, spec, each, parts[0] ?? each);
        parts.push(each);
      }
    } catch (thrown) {
      throw ofItem(thrown, parts.length);
    }
    return joined(spec, parts);
  };

  const single = (value: unknown): Part => {
    const item = toItem(value);
    if (item) {
      if (!fits(item.dims)) throw mismatch(item.dims, item.data.length);
      return part({ data: elements(item.data, item.data.length), dims: item.dims }, 1, false);
    }
    const shaped = shapedOf(value);
    if (shaped) return bits(value, shaped) ?? whole(shaped.data, shaped.shape);
    if (isValues(value)) return nested(value);
    const scalar = value !== undefined && value !== null && typeof value !== 'object';
    if (scalar && row.every((size) => size === undefined || size === 1)) return flatRow([value]);
    throw errors.MODEL_INPUT_TYPE({ model, takes, got: shown(value) });
  };

  return {
    read(value) {
      if (!Array.isArray(value)) return single(value);
      if (value.length === 0) throw errors.MODEL_BATCH_EMPTY({ model });
      const first: unknown = value[0];
      // Numbers and arrays nest; everything else is an item.
      const itemised =
        typeof first === 'object' && first !== null && (!isValues(first) || (kind === 'image' && isBytes(first)));
      return itemised ? items(value) : single(value);
    },
  };
}
