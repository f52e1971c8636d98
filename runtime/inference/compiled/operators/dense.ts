import { newRows, type Scope } from '../graph/scope.ts';
import { type Constant, type NumberArray, type Rows, sizeOf } from '../graph/value.ts';
import { Dense } from '../steps/dense.ts';
import type { Operator } from './operator.ts';

const FLOATS: ReadonlySet<string> = new Set(['float32', 'float64']);

/** Rows · constant; the constant is a matrix. */
export const matMul: Operator = (scope) => {
  const x = scope.rows(0);
  const weights = scope.constant(1);
  const [inputs = 0, outputs = 0] = weights.dims;
  if (weights.dims.length !== 2) scope.refuse(`its weights have ${weights.dims.length} dimensions`);
  emitDense(scope, x, Float64Array.from(weights.values), inputs, outputs);
};

/** alpha · A' · B' + beta · C, where A' is the rows as they are and C goes along the rows. */
export const gemm: Operator = (scope) => {
  const { attributes } = scope;
  const x = scope.rows(0);
  const weights = scope.constant(1);
  if (x.dims.length !== 1 || weights.dims.length !== 2) scope.refuse('it takes matrices only');
  if (attributes.int('transA', 0) !== 0) scope.refuse('it turns its rows into columns');
  const turned = attributes.int('transB', 0) !== 0;
  const [first = 0, second = 0] = weights.dims;
  const [inputs, outputs] = turned ? [second, first] : [first, second];
  const alpha = attributes.float('alpha', 1);
  const matrix = Float64Array.from({ length: inputs * outputs }, (_, at) => {
    const [i, o] = [Math.floor(at / outputs), at % outputs];
    return alpha * (weights.values[turned ? o * inputs + i : at] as number);
  });
  const added = scope.maybe(2);
  if (added?.kind === 'rows') return scope.refuse('what it adds is computed, not a constant');
  const dense = emitDense(scope, x, matrix, inputs, outputs);
  if (added) dense.bias = biasOf(scope, added, outputs, attributes.float('beta', 1));
};

function biasOf(scope: Scope, { dims, values }: Constant, outputs: number, beta: number): NumberArray {
  const along = dims.at(-1) ?? 1;
  if (sizeOf(dims) !== along || (along !== 1 && along !== outputs)) scope.refuse('what it adds differs by row');
  return Float64Array.from({ length: outputs }, (_, o) => beta * (values[along === 1 ? 0 : o] as number));
}

function emitDense(scope: Scope, x: Rows, weights: NumberArray, inputs: number, outputs: number): Dense {
  if (!FLOATS.has(x.type)) scope.refuse(`it multiplies ${x.type}`);
  if (x.dims.at(-1) !== inputs) scope.refuse(`it takes vectors of ${inputs}, not ${x.dims.at(-1) ?? 'numbers'}`);
  const step = new Dense(x.slot, weights, outputs);
  const y = newRows(x.type, [...x.dims.slice(0, -1), outputs], step);
  step.writes = [y.slot];
  scope.emit(step);
  scope.give(y);
  return step;
}
