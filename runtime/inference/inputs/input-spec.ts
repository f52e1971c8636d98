import type { ImageSettings, InputKind } from '../../messages/index.ts';
import type { Manifest, ModelInput } from '../../models/package/index.ts';
import { errors } from '../errors.ts';
import { type Element, elementOf } from './element.ts';
import { imageDims } from './image-dims.ts';
import { type RowShape, rowShape } from './row-shape.ts';

/** An input of the model as its reader needs it. */
export interface InputSpec {
  readonly name: string;
  readonly kind: InputKind;
  readonly element: Element;
  readonly shape: RowShape;
  /** What one row's single values are called, of the kinds `features` and `text`. */
  readonly columns: readonly string[];
  readonly declared: ModelInput;
}

/**
 * @param recipe names of the features that the package's recipe makes
 * @throws MODEL_INPUT_UNSUPPORTED
 */
export function describeInputs(manifest: Manifest, recipe: readonly string[] | undefined): InputSpec[] {
  return manifest.inputs.map((declared) => {
    const { name, type } = declared;
    const element = elementOf(type);
    const shape = rowShape(declared);
    const columns = declared.features ?? (manifest.inputs.length === 1 ? recipe : undefined);
    const spec = element && {
      ...{ name, element, declared },
      ...settle(name, declared.kind ?? usualKind(declared, shape, columns), shape, columns),
    };
    if (spec && suits(spec)) return spec;
    const inputs = `"${name}" (${type} [${declared.shape.join(', ')}]${columns ? `, ${columns.length} features named` : ''})`;
    throw errors.MODEL_INPUT_UNSUPPORTED({ model: manifest.name, inputs });
  });
}

/** What an input is read as where its model.json does not say. */
function usualKind(input: ModelInput, { row, count }: RowShape, columns: readonly string[] | undefined): InputKind {
  if (input.image) return 'image';
  if (input.window) return 'window';
  if (columns) return 'features';
  if (count !== undefined && row.length <= 1) return input.type === 'string' && count === 1 ? 'text' : 'features';
  return input.type !== 'string' && (row.length === 1 || row.length === 2) ? 'window' : 'tensor';
}

function settle(name: string, kind: InputKind, shape: RowShape, named: readonly string[] | undefined) {
  if (kind !== 'features' && kind !== 'text') return { kind, shape, columns: [] };
  const width = named?.length ?? shape.count;
  // Rows of nothing but a number of unknown size cannot be told apart.
  if (width === undefined) return { kind: 'tensor' as const, shape, columns: [] };
  const columns = named ?? (width === 1 ? [name] : Array.from({ length: width }, (_, i) => `${name}_${i}`));
  return { kind, shape: sized(shape, width), columns };
}

/** The same with its one free dimension as large as the names say. */
function sized(shape: RowShape, width: number): RowShape {
  if (shape.count !== undefined) {
    // A list of features without a dimension for rows.
    const flat = shape.rows === 'free' && shape.row.length === 0 && width > 1;
    return flat ? { rows: 'none', row: [width], count: width } : shape;
  }
  const known = shape.row.reduce<number>((product, size) => product * (size ?? 1), 1);
  const free = shape.row.filter((size) => size === undefined).length;
  if (free > 1 || width % known !== 0) return shape;
  return { ...shape, row: shape.row.map((size) => size ?? width / known), count: width };
}

const numeric = ({ name }: Element) => name !== 'string' && name !== 'bool';

/** Whether a row of this shape is a picture of these settings. */
function holds({ row }: RowShape, settings: ImageSettings): boolean {
  const dims = imageDims(row.length, settings);
  return dims.length === row.length && row.every((size, i) => size === undefined || size === dims[i]);
}

function suits({ kind, shape, columns, declared, element }: InputSpec): boolean {
  switch (kind) {
    case 'features':
    case 'text':
      return columns.length > 0 && shape.count === columns.length;
    case 'image':
      return declared.image !== undefined && numeric(element) && holds(shape, declared.image);
    case 'window':
      return numeric(element) && shape.row.length >= 1 && shape.row.length <= 2;
    case 'tensor':
      return true;
  }
}
