import type { Column } from './column.ts';
import type { FromWindow } from './from-window.ts';
import { imageItem } from './image-item.ts';
import type { InputSpec } from './input-spec.ts';
import type { PartReader, ToItem } from './part.ts';
import { createRowReader, type RowReader } from './row-reader.ts';
import { createTensorReader } from './tensor-reader.ts';
import { windowItem } from './window-item.ts';

/** Reads what belongs to one input of the model. */
export function createPartReader(model: string, spec: InputSpec, windowed: FromWindow | undefined): PartReader {
  const { kind, declared } = spec;
  const image = kind === 'image' ? declared.image : undefined;
  if (image) return createTensorReader(model, spec, 'a PNG or JPEG picture', imageItem(model, spec, image));
  if (kind === 'window') return createTensorReader(model, spec, 'a window', windowItem(model, spec));
  if (kind === 'tensor') return createTensorReader(model, spec, 'nested arrays, or {data, shape}', NOTHING_ELSE);
  const rows = rowsOf(model, [spec], windowed ?? samples(model, spec));
  return {
    read(value) {
      const { tensors, rows: count, batch, features } = rows.read(value);
      return { tensor: tensors[0] ?? NONE, rows: count, batch, features };
    },
  };
}

const NOTHING_ELSE: ToItem = () => undefined;
const NONE = { type: '', dims: [], data: [] };

/** Reads the single values of several inputs as one row. */
export function rowsOf(model: string, specs: readonly InputSpec[], windowed: FromWindow | undefined): RowReader {
  const inputs = specs.map(({ name, element, shape, columns }) => {
    return { name, element, shape, row: shape.row.map((size) => size ?? 1), count: columns.length };
  });
  const columns = specs.flatMap(({ columns: names, element, declared }, input) =>
    names.map((name, at): Column => ({ name, element, input, at, missing: declared.missing === true })),
  );
  return createRowReader(model, inputs, columns, windowed);
}

/** Numbers without names may be the samples of a window. */
function samples(model: string, spec: InputSpec): FromWindow | undefined {
  const { declared, shape, kind } = spec;
  if (declared.features || kind !== 'features' || shape.row.length !== 1 || shape.count === 1) return undefined;
  const toItem = windowItem(model, spec);
  return (window) => (toItem(window)?.data ?? []) as ArrayLike<number>;
}
