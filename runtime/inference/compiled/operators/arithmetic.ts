import { newRows, type Scope } from '../graph/scope.ts';
import { type NumberArray, type Rows, sizeOf, type Value } from '../graph/value.ts';
import { binaryStep, constantStep, type BinaryFunction } from '../steps/binary.ts';
import { Dense } from '../steps/dense.ts';
import { broadcast } from './broadcast.ts';
import type { Operator } from './operator.ts';

const FUNCTIONS: Readonly<Record<string, BinaryFunction>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Pow: (a, b) => a ** b,
  Min: (a, b) => Math.min(a, b),
  Max: (a, b) => Math.max(a, b),
  /** The second is the slope. */
  PRelu: (x, slope) => (x < 0 ? slope * x : x),
};

export const arithmeticOperators: Readonly<Record<string, Operator>> = Object.fromEntries(
  Object.entries(FUNCTIONS).map(([name, f]) => [name, (scope: Scope) => arithmetic(scope, name, f)]),
);

function arithmetic(scope: Scope, name: string, f: BinaryFunction): void {
  if (scope.node.inputs.length !== 2) scope.refuse('it takes two values');
  const [a, b] = [scope.value(0), scope.value(1)];
  const [rows] = [a, b].filter((value) => value.kind === 'rows');
  if (rows?.kind !== 'rows') return scope.refuse('it does not depend on the rows');
  if ((a.kind === 'rows' && a.across) || (b.kind === 'rows' && b.across)) scope.refuse('its rows are side by side');
  if (a.type !== b.type) scope.refuse(`it takes ${a.type} and ${b.type}`);
  if (rows.type !== 'float32' && rows.type !== 'float64') scope.refuse(`it takes ${rows.type}`);
  if (name === 'Add' && becomesBias(scope, a, b)) return;
  const [dims, left, right] = broadcast(scope, a, b);
  const y = newRows(rows.type, dims, undefined);
  const affine = ['Add', 'Sub', 'Mul'].includes(name) || (name === 'Div' && a.kind === 'rows');
  if (a.kind === 'rows' && b.kind === 'rows') {
    scope.emit(binaryStep({ a: a.slot, b: b.slot, left, right, to: y.slot, f }));
  } else if (a.kind === 'rows') {
    scope.emit(constantStep({ x: a.slot, at: left, values: picked(b, right), to: y.slot, f, affine }));
  } else {
    const values = picked(a, left);
    scope.emit(
      constantStep({ x: rows.slot, at: right, values, to: y.slot, f: (x, constant) => f(constant, x), affine }),
    );
  }
  scope.give(y);
}

function picked(constant: Value, at: Int32Array): NumberArray {
  return Float64Array.from(at, (index) => (constant.kind === 'constant' ? (constant.values[index] as number) : NaN));
}

/** A constant added to what a dense layer gives is that layer's bias. */
function becomesBias(scope: Scope, a: Value, b: Value): boolean {
  const [x, bias, index] = a.kind === 'rows' ? [a, b, 0] : [b as Rows, a, 1];
  if (bias.kind !== 'constant') return false;
  const { from } = x.slot;
  if (!(from instanceof Dense) || from.bias || from.activation || !scope.alone(index)) return false;
  const { dims, values } = bias;
  if (dims.length > x.dims.length + 1 || sizeOf(dims) !== from.outputs || dims.at(-1) !== from.outputs) return false;
  if (x.dims.at(-1) !== from.outputs) return false;
  from.bias = Float64Array.from(values);
  scope.give(x);
  return true;
}
