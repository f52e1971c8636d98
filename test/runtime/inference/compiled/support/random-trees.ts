import { build, type OnnxModel } from '../../../../../runtime/onnx-format/index.ts';
import type { Random } from './random.ts';

const MODES = ['BRANCH_LEQ', 'BRANCH_LT', 'BRANCH_GTE', 'BRANCH_GT', 'BRANCH_EQ', 'BRANCH_NEQ'];
const TRANSFORMS = ['NONE', 'SOFTMAX', 'LOGISTIC', 'SOFTMAX_ZERO', 'PROBIT'];
const ML = 'ai.onnx.ml';
/** Thresholds are among the values that rows have, so that comparisons with equal sides happen. */
export const GRID = [-2, -1.5, -1, -0.5, -0.1, 0, 0.1, 0.3, 0.5, 1, 1.5, 2];

export type Kind = 'regressor' | 'classifier';

export interface RandomTrees {
  readonly model: OnnxModel;
  readonly features: number;
  readonly type: 'float32' | 'float64' | 'int64';
}

interface Nodes {
  trees: bigint[];
  ids: bigint[];
  features: bigint[];
  modes: string[];
  values: number[];
  yes: bigint[];
  no: bigint[];
  missing: bigint[];
}

interface Leaves {
  trees: bigint[];
  nodes: bigint[];
  ids: bigint[];
  weights: number[];
}

/** An ensemble of any kind that the operators of ai.onnx.ml 3 can say. */
export function randomTrees(random: Random, kind: Kind): RandomTrees {
  const features = random.int(1, 8);
  const type = random.pick([
    'float32',
    'float32',
    'float32',
    'float64',
    kind === 'classifier' ? 'int64' : 'float32',
  ] as const);
  const targets = kind === 'classifier' ? random.int(2, 5) : random.int(1, 4);
  const modes = random.chance(0.5) ? [random.pick(MODES)] : MODES;
  const nodes: Nodes = { trees: [], ids: [], features: [], modes: [], values: [], yes: [], no: [], missing: [] };
  const leaves: Leaves = { trees: [], nodes: [], ids: [], weights: [] };
  const style = random.pick(['all', 'one', 'first', 'last', 'some'] as const);
  const positive = random.chance(0.5);
  const count = random.int(1, 12);
  for (let tree = 0; tree < count; tree++) {
    const depth = random.int(0, 6);
    const only = random.int(0, targets - 1);
    let next = 0;
    const grow = (level: number): bigint => {
      const id = next++;
      const leaf = level === 0 || random.chance(0.15);
      const at = nodes.ids.length;
      nodes.trees.push(BigInt(tree));
      nodes.ids.push(BigInt(id));
      nodes.features.push(BigInt(leaf ? 0 : random.int(0, features - 1)));
      nodes.modes.push(leaf ? 'LEAF' : random.pick(modes));
      nodes.values.push(leaf ? 0 : random.pick(GRID));
      nodes.missing.push(BigInt(leaf ? 0 : random.int(0, 1)));
      nodes.yes.push(0n);
      nodes.no.push(0n);
      if (leaf) {
        const all = Array.from({ length: targets }, (_, target) => target);
        const some = all.filter(() => random.chance(0.5));
        const ids = { all, one: [only], first: [0], last: [targets - 1], some: some.length > 0 ? some : [only] }[style];
        for (const target of ids) {
          leaves.trees.push(BigInt(tree));
          leaves.nodes.push(BigInt(id));
          leaves.ids.push(BigInt(target));
          leaves.weights.push(Math.fround(positive ? random.next() / count : random.normal()));
        }
      } else {
        nodes.yes[at] = grow(level - 1);
        nodes.no[at] = grow(level - 1);
      }
      return BigInt(id);
    };
    grow(depth);
  }
  const doubles = type === 'float64' && random.chance(0.7);
  const floats = (name: string, values: readonly number[]) =>
    doubles ? { [`${name}_as_tensor`]: build.tensor(name, 'float64', [values.length], values) } : { [name]: values };
  const prefix = kind === 'classifier' ? 'class' : 'target';
  const bases = random.pick([0, kind === 'classifier' && targets === 2 ? 1 : 0, targets]);
  const common = {
    nodes_treeids: nodes.trees,
    nodes_nodeids: nodes.ids,
    nodes_featureids: nodes.features,
    nodes_modes: nodes.modes,
    ...floats('nodes_values', nodes.values),
    nodes_truenodeids: nodes.yes,
    nodes_falsenodeids: nodes.no,
    ...(random.chance(0.5) ? { nodes_missing_value_tracks_true: nodes.missing } : {}),
    [`${prefix}_treeids`]: leaves.trees,
    [`${prefix}_nodeids`]: leaves.nodes,
    [`${prefix}_ids`]: leaves.ids,
    ...floats(`${prefix}_weights`, leaves.weights),
    post_transform: random.pick(TRANSFORMS),
    ...(bases > 0 ? floats('base_values', random.normals(bases)) : {}),
  };
  const graph = kind === 'classifier' ? classifier(random, common, targets) : regressor(random, common, targets);
  const inputs = [build.value('x', type, ['rows', features])];
  const opsets = [
    { domain: '', version: 17n },
    { domain: ML, version: 3n },
  ];
  const model = build.model({ name: kind, initializers: [], inputs, ...graph }, {}, opsets);
  return { model, features, type };
}

type Attributes = NonNullable<Parameters<typeof build.node>[3]>;

function regressor(random: Random, common: Attributes, targets: number) {
  const own = { n_targets: BigInt(targets), aggregate_function: random.pick(['SUM', 'SUM', 'AVERAGE', 'MIN', 'MAX']) };
  return {
    nodes: [build.node('TreeEnsembleRegressor', ['x'], ['y'], { ...common, ...own }, ML)],
    outputs: [build.value('y', 'float32', ['rows', targets])],
  };
}

function classifier(random: Random, common: Attributes, targets: number) {
  const texts = random.chance(0.4);
  const labels: Attributes = texts
    ? { classlabels_strings: Array.from({ length: targets }, (_, n) => `class ${n}`) }
    : { classlabels_int64s: Array.from({ length: targets }, (_, n) => BigInt(random.chance(0.5) ? n : 7 * n + 3)) };
  return {
    nodes: [build.node('TreeEnsembleClassifier', ['x'], ['label', 'scores'], { ...common, ...labels }, ML)],
    outputs: [
      build.value('label', texts ? 'string' : 'int64', ['rows']),
      build.value('scores', 'float32', ['rows', targets]),
    ],
  };
}
