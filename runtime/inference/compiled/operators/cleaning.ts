import { newRows, type Scope } from '../graph/scope.ts';
import type { NumberArray, Rows } from '../graph/value.ts';
import { elementwise } from '../steps/activation.ts';
import { constantStep } from '../steps/binary.ts';
import { mapStep } from '../steps/map.ts';
import { asFloat } from './as-float.ts';
import type { Operator } from './operator.ts';

/** ai.onnx.ml: 1 above the threshold, 0 at it and below. */
export const binarizer: Operator = (scope) => {
  const threshold = scope.attributes.float('threshold', 0);
  const x = scope.rows(0);
  if (x.type !== 'float32') scope.refuse(`it takes ${x.type}`);
  const y = newRows('float32', x.dims, undefined);
  scope.emit(
    mapStep(
      x.slot,
      y.slot,
      elementwise((value) => (value > threshold ? 1 : 0)),
    ),
  );
  scope.give(y);
};

/** ai.onnx.ml: another value for each that is missing. */
export const imputer: Operator = (scope) => {
  const x = scope.rows(0);
  const { attributes } = scope;
  if (x.type !== 'float32' && x.type !== 'int64') scope.refuse(`it takes ${x.type}`);
  const [values, replaced] =
    x.type === 'float32'
      ? [attributes.floats('imputed_value_floats'), attributes.float('replaced_value_float', 0)]
      : [attributes.ints('imputed_value_int64s'), attributes.int('replaced_value_int64', 0)];
  const features = x.dims.at(-1) ?? 1;
  if (values.length !== 1 && values.length !== features)
    scope.refuse(`it has ${values.length} values for ${features} features`);
  const y = newRows(x.type, x.dims, undefined);
  const places = Int32Array.from({ length: x.slot.width }, (_, place) => place);
  const fill = Float64Array.from(places, (place) => values[values.length === 1 ? 0 : place % features] ?? 0);
  const missing = Math.fround(replaced);
  const f = Number.isNaN(missing)
    ? (value: number, other: number) => (Number.isNaN(value) ? other : value)
    : (value: number, other: number) => (value === missing ? other : value);
  scope.emit(constantStep({ x: x.slot, at: places, values: fill, to: y.slot, f }));
  scope.give(y);
};

/** ai.onnx.ml: each row divided by its largest value, its sum of sizes, or its length. */
export const normalizer: Operator = (scope) => {
  const norm = NORMS[scope.attributes.text('norm', 'MAX')] ?? scope.refuse('it has an unknown norm');
  const x = asFloat(scope);
  if (x.dims.length !== 1) scope.refuse('it takes a matrix');
  emitNormalizer(scope, x, norm);
};

type Norm = (x: NumberArray, start: number, end: number) => number;

const NORMS: Readonly<Record<string, Norm>> = {
  MAX(x, start, end) {
    let most = x[start] as number;
    for (let at = start + 1; at < end; at++) most = Math.max(most, x[at] as number);
    return most;
  },
  L1(x, start, end) {
    let sum = 0;
    for (let at = start; at < end; at++) sum += Math.abs(x[at] as number);
    return sum;
  },
  L2(x, start, end) {
    let sum = 0;
    for (let at = start; at < end; at++) sum += (x[at] as number) ** 2;
    return Math.sqrt(sum);
  },
};

function emitNormalizer(scope: Scope, x: Rows, norm: Norm): void {
  const y = newRows('float32', x.dims, undefined);
  const { width } = x.slot;
  scope.emit({
    reads: [x.slot],
    writes: [y.slot],
    cost: width,
    link() {
      const [from, to] = [x.slot.array, y.slot.array];
      return (rows) => {
        for (let start = 0; start < rows * width; start += width) {
          const size = norm(from, start, start + width);
          // A row of zeros stays as it is.
          const divisor = size === 0 ? 1 : size;
          for (let at = start; at < start + width; at++) to[at] = (from[at] as number) / divisor;
        }
      };
    },
  });
  scope.give(y);
}
