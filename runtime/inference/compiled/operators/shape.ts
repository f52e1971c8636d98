import { toConstant } from '../graph/constant.ts';
import type { Scope } from '../graph/scope.ts';
import { type Constant, sizeOf } from '../graph/value.ts';
import type { Operator } from './operator.ts';

/** What only names the same values anew. Rows stay the first dimension. */
export const shapeOperators: Readonly<Record<string, Operator>> = {
  Identity: (scope) => scope.give(scope.value(0)),
  Dropout(scope) {
    if (scope.maybe(2) !== undefined && scope.constant(2).values[0] !== 0) scope.refuse('it is set to training');
    if (!scope.unread(1)) scope.refuse('its mask is used');
    scope.give(scope.value(0));
  },
  Reshape(scope) {
    const shape = scope.opset < 5 ? scope.attributes.ints('shape') : Array.from(scope.constant(1).values);
    const value = scope.value(0);
    if (value.kind === 'constant') return scope.give({ ...value, dims: filled(scope, shape, value.dims) });
    const [first, ...rest] = shape;
    if (value.across === true) {
      if (first !== -1 || sizeOf(rest) !== 1) scope.refuse('its rows are side by side');
      return scope.give({ ...value, across: false, dims: rest });
    }
    const known = rest.filter((size) => size !== -1);
    const dims = rest.map((size, axis) => {
      if (size === -1) return value.slot.width / sizeOf(known);
      return size === 0 && scope.attributes.int('allowzero', 0) === 0 ? (value.dims[axis] ?? 0) : size;
    });
    const keepsRows = first === -1 || first === 0 || first === scope.fixedRows;
    if (!keepsRows || sizeOf(dims) !== value.slot.width) scope.refuse(`the shape [${shape.join(', ')}] mixes rows`);
    scope.give({ ...value, dims });
  },
  Flatten(scope) {
    const value = scope.rows(0);
    const axis = scope.attributes.int('axis', 1);
    if ((axis < 0 ? axis + value.dims.length + 1 : axis) !== 1) scope.refuse('it mixes rows');
    scope.give({ ...value, dims: [value.slot.width] });
  },
  Squeeze(scope) {
    const value = scope.value(0);
    if (value.kind === 'rows' && value.across === true) scope.refuse('its rows are side by side');
    const rank = value.dims.length + (value.kind === 'rows' ? 1 : 0);
    const axes = axesOf(scope)?.map((axis) => (axis < 0 ? axis + rank : axis));
    const offset = rank - value.dims.length;
    if (!axes && scope.fixedRows === 1) scope.refuse('it drops the rows');
    if (offset === 1 && axes?.includes(0)) scope.refuse('it drops the rows');
    const dims = value.dims.filter((size, at) => !(axes ? axes.includes(at + offset) : size === 1));
    if (sizeOf(dims) !== sizeOf(value.dims)) scope.refuse('it drops a dimension that is not 1');
    scope.give({ ...value, dims });
  },
  Unsqueeze(scope) {
    const value = scope.value(0);
    if (value.kind === 'rows' && value.across === true) scope.refuse('its rows are side by side');
    const axes = axesOf(scope) ?? scope.refuse('it names no axes');
    const offset = value.kind === 'rows' ? 1 : 0;
    const rank = value.dims.length + offset + axes.length;
    const places = axes.map((axis) => (axis < 0 ? axis + rank : axis));
    if (offset === 1 && places.includes(0)) scope.refuse('its rows are no longer the first dimension');
    const dims = [...value.dims];
    for (const place of places.sort((a, b) => a - b)) dims.splice(place - offset, 0, 1);
    scope.give({ ...value, dims });
  },
  Constant(scope) {
    const { attributes } = scope;
    const tensor = attributes.tensor('value');
    if (tensor) return scope.give(toConstant(tensor));
    const [type, values] =
      attributes.has('value_ints') || attributes.has('value_int')
        ? ([
            'int64',
            [
              ...attributes.ints('value_ints'),
              ...(attributes.has('value_int') ? [attributes.int('value_int', 0)] : []),
            ],
          ] as const)
        : ([
            'float32',
            [
              ...attributes.floats('value_floats'),
              ...(attributes.has('value_float') ? [attributes.float('value_float', 0)] : []),
            ],
          ] as const);
    const single = attributes.has('value_int') || attributes.has('value_float');
    if (values.length === 0) scope.refuse('it holds neither a tensor nor numbers');
    scope.give({ kind: 'constant', type, dims: single ? [] : [values.length], values });
  },
};

function axesOf(scope: Scope): number[] | undefined {
  if (scope.opset < 13) return scope.attributes.has('axes') ? scope.attributes.ints('axes') : undefined;
  return scope.maybe(1) === undefined ? undefined : Array.from(scope.constant(1).values);
}

function filled(scope: Scope, shape: readonly number[], own: Constant['dims']): number[] {
  const dims = shape.map((size, axis) => (size === 0 ? (own[axis] ?? 0) : size));
  const known = sizeOf(dims.filter((size) => size !== -1));
  const all = dims.map((size) => (size === -1 ? sizeOf(own) / known : size));
  if (sizeOf(all) !== sizeOf(own)) scope.refuse(`the shape [${shape.join(', ')}] does not fit`);
  return all;
}
