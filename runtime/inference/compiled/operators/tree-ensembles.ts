import { newRows, type Scope } from '../graph/scope.ts';
import type { Labels, Slot } from '../graph/value.ts';
import { postTransform } from '../steps/post-transform.ts';
import type { AggregateName } from '../trees/aggregate.ts';
import { Ensemble } from '../trees/ensemble.ts';
import { finishBinary } from '../trees/finish-binary.ts';
import { finishClassifier } from '../trees/finish-classifier.ts';
import { finishRegressor } from '../trees/finish-regressor.ts';
import { floatsOf, readTrees } from '../trees/read-trees.ts';
import { isLeaf, type Tree } from '../trees/tree.ts';
import { asFloat } from './as-float.ts';
import { labelRows } from './labels.ts';
import type { Operator } from './operator.ts';

const AGGREGATES: ReadonlySet<string> = new Set(['SUM', 'AVERAGE', 'MIN', 'MAX']);

export const treeEnsembleRegressor: Operator = (scope) => {
  const { attributes } = scope;
  const trees = readTrees(scope, 'target');
  const targets = attributes.int('n_targets', 1);
  const aggregate = attributes.text('aggregate_function', 'SUM');
  if (scope.rows(0).type !== 'float32' && scope.rows(0).type !== 'float64') scope.refuse('it takes whole numbers');
  if (!AGGREGATES.has(aggregate)) scope.refuse(`it aggregates by ${aggregate}`);
  const input = inputOf(scope, trees, targets);
  const y = newRows('float32', [targets], undefined);
  const base = floatsOf(attributes, 'base_values');
  const end = {
    to: y.slot,
    trees: trees.length,
    aggregate: aggregate as AggregateName,
    base,
    transform: transformOf(scope),
  };
  const finish = finishRegressor(end);
  scope.emit(
    new Ensemble({ input, trees, targets, aggregate: end.aggregate, writes: [y.slot], finish, base, oneSided: false }),
  );
  scope.give(y);
};

export const treeEnsembleClassifier: Operator = (scope) => {
  const { attributes } = scope;
  const trees = readTrees(scope, 'class');
  const texts = attributes.texts('classlabels_strings');
  const labels: Labels = texts.length > 0 ? texts : attributes.longs('classlabels_int64s');
  if (labels.length < 2) scope.refuse('it has fewer than two classes');
  const input = inputOf(scope, trees, labels.length);
  const ids = new Set(attributes.ints('class_ids'));
  // Of two classes that leaves both speak of, ONNX Runtime numbers the labels instead of naming them.
  const numbered = texts.length === 0 && labels.length === 2 && ids.size > 1;
  const label = labelRows(numbered ? [0n, 1n] : labels);
  const y = newRows('float32', [labels.length], undefined);
  const base = floatsOf(attributes, 'base_values');
  const end = { label: label.slot, to: y.slot, base, transform: transformOf(scope) };
  const finish = labels.length === 2 ? finishTwo(scope, trees, end) : finishClassifier(end);
  if (labels.length > 2 && base.length > 0 && base.length !== labels.length)
    scope.refuse('its base values are too few');
  const [targets, writes] = [labels.length, [label.slot, y.slot]];
  scope.emit(
    new Ensemble({
      input,
      trees,
      targets,
      aggregate: 'SUM',
      writes,
      finish,
      base,
      oneSided: labels.length === 2 && ids.size === 1,
    }),
  );
  scope.give(label, 0);
  scope.give(y, 1);
};

/** @throws NotCompilable where ONNX Runtime would leave the second score unwritten */
function finishTwo(
  scope: Scope,
  trees: readonly Tree[],
  end: Omit<Parameters<typeof finishBinary>[0], 'oneSided' | 'allPositive'>,
) {
  const { attributes } = scope;
  const oneSided = new Set(attributes.ints('class_ids')).size === 1;
  const allPositive = Array.from(floatsOf(attributes, 'class_weights')).every((weight) => !(weight < 0));
  const { base, transform } = end;
  if (base.length > 2 || (base.length === 1 && !oneSided))
    scope.refuse(`it has ${base.length} base values for two classes`);
  const unwritten = transform === 'PROBIT' && base.length < 2 && !trees.some(givesSecond);
  if (unwritten) scope.refuse('of its two scores only one is given');
  return finishBinary({ ...end, oneSided, allPositive });
}

/** Each of its leaves gives the second class a score. */
const givesSecond = (tree: Tree): boolean =>
  isLeaf(tree) ? tree.targets.includes(1) : givesSecond(tree.yes) && givesSecond(tree.no);

function transformOf({ attributes, refuse }: Scope): string {
  const name = attributes.text('post_transform', 'NONE');
  return postTransform(name) ? name : refuse(`its post-transform is ${name}`);
}

/** Integers are compared as float32. */
function inputOf(scope: Scope, trees: readonly Tree[], targets: number): Slot {
  const x = scope.rows(0).type === 'float64' ? scope.rows(0) : asFloat(scope);
  if (x.dims.length !== 1) scope.refuse('it takes a matrix');
  checkNodes(scope, trees, x.slot.width, targets);
  return x.slot;
}

function checkNodes(scope: Scope, trees: readonly Tree[], features: number, targets: number): void {
  const open = [...trees];
  for (let tree = open.pop(); tree; tree = open.pop()) {
    if (isLeaf(tree)) {
      if (tree.targets.some((target) => target < 0 || target >= targets))
        scope.refuse('a leaf gives a target that is not there');
    } else {
      if (tree.feature < 0 || tree.feature >= features)
        scope.refuse(`it asks for feature ${tree.feature} of ${features}`);
      open.push(tree.yes, tree.no);
    }
  }
}
