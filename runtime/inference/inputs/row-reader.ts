import type { FeaturesPayload } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import { type NamedNumbers, namedNumbers, numbersByName } from '../named-numbers.ts';
import type { PlainTensor, TensorValues } from '../tiers/tier.ts';
import { ofItem } from './batch.ts';
import { type Column, putColumn } from './column.ts';
import type { Element } from './element.ts';
import type { FromWindow } from './from-window.ts';
import { isRecord, isTyped, isValues, isWindow, type Shaped, shapedOf, shown, type Values } from './look.ts';
import { checkLength, inModelOrder } from './row.ts';
import { withRows, type RowShape } from './row-shape.ts';

/** An input that takes a fixed number of single values a row. */
export interface RowInput {
  readonly name: string;
  readonly element: Element;
  readonly shape: RowShape;
  readonly row: readonly number[];
  readonly count: number;
}

export interface Rows {
  readonly tensors: readonly PlainTensor[];
  readonly rows: number;
  readonly batch: boolean;
  readonly features: FeaturesPayload | readonly FeaturesPayload[] | undefined;
}

export interface RowReader {
  readonly names: readonly string[];
  read(input: unknown): Rows;
}

/**
 * Reads rows of single values, for one input or several that share them: by name in any order, as arrays in the model's
 * order, as windows through the recipe, as tensors with their shape; and arrays of any of these. An array of single values
 * is one row where the model takes several values, and a batch where it takes one.
 *
 * @param columns over all inputs, in order
 */
export function createRowReader(
  model: string,
  inputs: readonly RowInput[],
  columns: readonly Column[],
  windowed: FromWindow | undefined,
): RowReader {
  const names = columns.map(({ name }) => name);
  const width = columns.length;
  const alone = width === 1;
  const oneRow = inputs.map((input) => dims(input, 1));
  // The usual model: its row is written by one tight loop.
  const float32 = inputs.length === 1 && inputs[0]?.element.name === 'float32';
  const numeric = columns.filter(({ element }) => element.name !== 'string');
  const named: NamedNumbers | undefined =
    numeric.length > 0 ? namedNumbers(numeric.map(({ name }) => name)) : undefined;
  const numericAt = numeric.map((column) => columns.indexOf(column));
  const allNumeric = numeric.length === width;

  const byName = numbersByName(names);
  const scratch = new Float64Array(width);

  const featuresOf = (values: Values): FeaturesPayload | undefined => {
    if (!named) return undefined;
    return named(allNumeric ? values : numericAt.map((at) => values[at]));
  };

  /** Reads one row's values in the model's order out of whatever it came as. */
  const inOrder = (value: unknown): Values => {
    if (isValues(value)) {
      checkLength(model, columns, value.length);
      return value;
    }
    if (isRecord(value)) {
      // Used up before the next one is read.
      if (byName(value, scratch) && Object.keys(value).length === width) return scratch;
      if (isWindow(value)) return ofWindow(value);
      const shaped = shapedOf(value);
      if (shaped) return ofTensor(shaped);
      return inModelOrder(model, names, value);
    }
    if (alone && value !== null && value !== undefined) return [value];
    throw errors.MODEL_INPUT_TYPE({ model, takes: takes(columns), got: shown(value) });
  };

  const ofWindow = (window: unknown): Values => {
    if (!windowed) throw errors.MODEL_WITHOUT_RECIPE({ model });
    const values = windowed(window);
    checkLength(model, columns, values.length);
    return values;
  };

  /** One row. */
  const ofTensor = ({ data, shape }: Shaped): Values => {
    const size = shape.reduce((product, each) => product * each, 1);
    if (size === width && data.length === width) return data;
    throw errors.MODEL_SHAPE_MISMATCH({
      model,
      input: inputs.map(({ name }) => name).join(', '),
      expected: `[${width}]`,
      got: `[${shape.join(', ')}]`,
      values: data.length,
    });
  };

  const write = (values: Values, buffers: readonly TensorValues[], row: number): void => {
    if (float32) {
      const to = buffers[0] as Float32Array;
      const base = row * width;
      for (let i = 0; i < width; i++) {
        const value = values[i];
        const stored = typeof value === 'number' ? Math.fround(value) : NaN;
        // NaN and infinities differ from themselves by no zero.
        if (stored - stored === 0) to[base + i] = stored;
        else putColumn(model, columns[i] as Column, to, base + i, value);
      }
      return;
    }
    for (let i = 0; i < width; i++) {
      const column = columns[i] as Column;
      const { count } = inputs[column.input] as RowInput;
      putColumn(model, column, buffers[column.input] as TensorValues, row * count + column.at, values[i]);
    }
  };

  const buffersFor = (rows: number): TensorValues[] => {
    if (float32) return [new Float32Array(rows * width)];
    return inputs.map(({ element, count }) => element.make(rows * count));
  };

  const tensorsOf = (buffers: readonly TensorValues[], rows: number): PlainTensor[] => {
    const tensors = new Array<PlainTensor>(buffers.length);
    for (let i = 0; i < buffers.length; i++) {
      const input = inputs[i] as RowInput;
      const own = rows === 1 ? (oneRow[i] ?? []) : dims(input, rows);
      tensors[i] = { type: input.element.name, dims: own, data: buffers[i] as TensorValues };
    }
    return tensors;
  };

  const one = (input: unknown): Rows => {
    const values = inOrder(input);
    const buffers = buffersFor(1);
    write(values, buffers, 0);
    return { tensors: tensorsOf(buffers, 1), rows: 1, batch: false, features: featuresOf(values) };
  };

  const many = (items: Values): Rows => {
    const rows = items.length;
    if (rows === 0) throw errors.MODEL_BATCH_EMPTY({ model });
    const buffers = buffersFor(rows);
    const features: FeaturesPayload[] = [];
    let row = 0;
    try {
      for (; row < rows; row++) {
        const values = inOrder(items[row]);
        write(values, buffers, row);
        const payload = featuresOf(values);
        if (payload) features.push(payload);
      }
    } catch (thrown) {
      throw ofItem(thrown, row);
    }
    return { tensors: tensorsOf(buffers, rows), rows, batch: true, features: named ? features : undefined };
  };

  const isBatch = (values: Values) =>
    values.length === 0 || alone || (!isTyped(values) && typeof values[0] === 'object' && values[0] !== null);

  return {
    names,
    read(input) {
      if (isValues(input)) return isBatch(input) ? many(input) : one(input);
      const shaped = shapedOf(input);
      const table = shaped && rowsOf(shaped, width);
      return table ? many(table) : one(input);
    },
  };
}

const dims = ({ shape, row }: RowInput, rows: number) => withRows(shape, rows, row);

/** The rows of a tensor of shape [rows, width], or nothing where it is one row. */
function rowsOf({ data, shape }: Shaped, width: number): Values[] | undefined {
  const [rows = 0] = shape;
  const size = shape.reduce((product, each) => product * each, 1);
  if (shape.length < 2 || size !== rows * width || data.length !== size || rows === 1) return undefined;
  return Array.from({ length: rows }, (_, row) => Array.from({ length: width }, (_, i) => data[row * width + i]));
}

function takes(columns: readonly Column[]): string {
  if (columns.length === 1) return `${columns[0]?.element.words}, or an array of such for several predictions`;
  return `${columns.length} named values, an array of them in order, or a window`;
}
