import { newRows, type Scope } from '../graph/scope.ts';
import { type Activation, elementwise } from '../steps/activation.ts';
import { Dense } from '../steps/dense.ts';
import { mapStep } from '../steps/map.ts';
import { erf } from '../steps/erf.ts';
import type { Operator } from './operator.ts';

/** By itself, or as the end of the dense layer before it. */
export function activate(scope: Scope, activation: Activation): void {
  const x = scope.rows(0);
  if (x.type !== 'float32' && x.type !== 'float64') scope.refuse(`it takes ${x.type}`);
  const { from } = x.slot;
  if (from instanceof Dense && from.activation === undefined && scope.alone(0)) {
    from.activation = activation;
    scope.give(x);
    return;
  }
  const y = newRows(x.type, x.dims, undefined);
  scope.emit(mapStep(x.slot, y.slot, activation));
  scope.give(y);
}

type F = (value: number) => number;

const always =
  (f: F): Operator =>
  (scope) =>
    activate(
      scope,
      elementwise((value) => f(value)),
    );

const SELU_ALPHA = 1.6732632423543772;
const SELU_GAMMA = 1.0507009873554805;

// Operators whose functions take settings make them anew for each node.
export const activationOperators: Readonly<Record<string, Operator>> = {
  Relu: (scope) => activate(scope, { ...elementwise((x) => (x < 0 ? 0 : x)), lowest: 0 }),
  LeakyRelu(scope) {
    const alpha = scope.attributes.float('alpha', 0.01);
    activate(
      scope,
      elementwise((x) => (x < 0 ? alpha * x : x)),
    );
  },
  ThresholdedRelu(scope) {
    const alpha = scope.attributes.float('alpha', 1);
    activate(
      scope,
      elementwise((x) => (x > alpha ? x : 0)),
    );
  },
  Elu(scope) {
    const alpha = scope.attributes.float('alpha', 1);
    activate(
      scope,
      elementwise((x) => (x < 0 ? alpha * Math.expm1(x) : x)),
    );
  },
  Selu(scope) {
    const alpha = scope.attributes.float('alpha', SELU_ALPHA);
    const gamma = scope.attributes.float('gamma', SELU_GAMMA);
    activate(
      scope,
      elementwise((x) => gamma * (x > 0 ? x : alpha * Math.expm1(x))),
    );
  },
  Celu(scope) {
    const alpha = scope.attributes.float('alpha', 1);
    activate(
      scope,
      elementwise((x) => (x < 0 ? alpha * Math.expm1(x / alpha) : x)),
    );
  },
  Sigmoid: (scope) => activate(scope, { ...elementwise((x) => 1 / (1 + Math.exp(-x))), squashes: true }),
  HardSigmoid(scope) {
    const alpha = scope.attributes.float('alpha', 0.2);
    const beta = scope.attributes.float('beta', 0.5);
    activate(
      scope,
      elementwise((x) => Math.max(0, Math.min(1, alpha * x + beta))),
    );
  },
  HardSwish: (scope) =>
    activate(
      scope,
      elementwise((x) => x * Math.max(0, Math.min(1, x / 6 + 0.5))),
    ),
  Tanh: (scope) =>
    activate(
      scope,
      elementwise((x) => Math.tanh(x)),
    ),
  Softplus: always((x) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)))),
  Softsign: always((x) => x / (1 + Math.abs(x))),
  Erf: always(erf),
  Exp: always(Math.exp),
  Log: always(Math.log),
  Neg: always((x) => -x),
  Abs: always(Math.abs),
  Sqrt: always(Math.sqrt),
  Reciprocal: always((x) => 1 / x),
  Floor: always(Math.floor),
  Ceil: always(Math.ceil),
  Sin: always(Math.sin),
  Cos: always(Math.cos),
  Gelu(scope) {
    if (scope.attributes.text('approximate', 'none') === 'tanh') {
      const root = Math.sqrt(2 / Math.PI);
      activate(
        scope,
        elementwise((x) => 0.5 * x * (1 + Math.tanh(root * (x + 0.044715 * x * x * x)))),
      );
    } else
      activate(
        scope,
        elementwise((x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2))),
      );
  },
  Clip(scope) {
    const low = bound(scope, 1, 'min', -Infinity);
    const high = bound(scope, 2, 'max', Infinity);
    activate(
      scope,
      elementwise((x) => (x < low ? low : x > high ? high : x)),
    );
  },
};

/** An attribute before opset 11, an input since. */
function bound(scope: Scope, index: number, name: string, standard: number): number {
  if (scope.opset < 11) return scope.attributes.float(name, standard);
  return scope.maybe(index) === undefined ? standard : (scope.constant(index).values[0] ?? standard);
}
