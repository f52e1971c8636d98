import { newRows, type Scope } from '../graph/scope.ts';
import type { Labels, Rows } from '../graph/value.ts';
import { Dense } from '../steps/dense.ts';
import { classifyStep } from '../steps/classify.ts';
import { postTransform } from '../steps/post-transform.ts';
import { asFloat } from './as-float.ts';
import { labelRows } from './labels.ts';
import type { Operator } from './operator.ts';

/** Coefficients are given by target, then feature. */
function emitLinear(scope: Scope, targets: number): Rows {
  const x = asFloat(scope);
  const features = x.slot.width;
  const coefficients = scope.attributes.floats('coefficients');
  if (x.dims.length !== 1) scope.refuse('it takes a matrix');
  if (coefficients.length !== targets * features) {
    scope.refuse(`it has ${coefficients.length} coefficients for ${features} features and ${targets} targets`);
  }
  const weights = Float64Array.from({ length: coefficients.length }, (_, at) => {
    return coefficients[(at % targets) * features + Math.floor(at / targets)] ?? 0;
  });
  const step = new Dense(x.slot, weights, targets);
  const y = newRows('float32', [targets], step);
  step.writes = [y.slot];
  const intercepts = scope.attributes.floats('intercepts');
  if (intercepts.length === targets) step.bias = Float64Array.from(intercepts);
  scope.emit(step);
  return y;
}

function transformOf({ attributes, refuse }: Scope): string {
  const name = attributes.text('post_transform', 'NONE');
  return postTransform(name) ? name : refuse(`its post-transform is ${name}`);
}

/** Of one target only PROBIT counts as a post-transform: so does ONNX Runtime. */
export const linearRegressor: Operator = (scope) => {
  const targets = scope.attributes.int('targets', 1);
  if (scope.rows(0).type !== 'float32') scope.refuse(`it takes ${scope.rows(0).type}`);
  const y = emitLinear(scope, targets);
  const transform = transformOf(scope);
  const apply = targets > 1 || transform === 'PROBIT' ? postTransform(transform) : undefined;
  if (!apply || transform === 'NONE') return scope.give(y);
  const z = newRows('float32', y.dims, undefined);
  scope.emit({
    reads: [y.slot],
    writes: [z.slot],
    cost: targets,
    squashed: y.slot,
    link() {
      const [from, to] = [y.slot.array, z.slot.array];
      return (rows) => {
        for (let at = 0; at < rows * targets; at++) to[at] = from[at] as number;
        apply(to, rows * targets, targets);
      };
    },
  });
  scope.give(z);
};

export const linearClassifier: Operator = (scope) => {
  const { attributes } = scope;
  const targets = attributes.floats('intercepts').length;
  if (targets === 0) scope.refuse('it has no intercepts');
  const texts = attributes.texts('classlabels_strings');
  const given: Labels = texts.length > 0 ? texts : attributes.longs('classlabels_ints');
  const second = targets === 1 && given.length === 2;
  const labels = targets === 1 && !second ? (texts.length > 0 ? ['0', '1'] : [0n, 1n]) : given;
  if (targets > 1 && labels.length < targets) scope.refuse(`it has ${labels.length} labels for ${targets} classes`);
  const transform = transformOf(scope);
  if (second && transform === 'PROBIT') scope.refuse('of its two scores only one is given');
  const raw = emitLinear(scope, targets);
  const label = labelRows(labels);
  const scores = newRows('float32', [second ? 2 : targets], undefined);
  scope.emit(classifyStep({ raw: raw.slot, label: label.slot, scores: scores.slot, transform }));
  scope.give(label, 0);
  scope.give(scores, 1);
};
