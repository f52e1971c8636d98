import type { Attributes } from '../graph/attributes.ts';
import { toConstant } from '../graph/constant.ts';
import type { Scope } from '../graph/scope.ts';
import { type Branch, DEEPEST, type Leaf, type Mode, type Tree } from './tree.ts';

const MODES: Readonly<Record<string, Mode>> = {
  BRANCH_LEQ: 'LEQ',
  BRANCH_LT: 'LT',
  BRANCH_GTE: 'GTE',
  BRANCH_GT: 'GT',
  BRANCH_EQ: 'EQ',
  BRANCH_NEQ: 'NEQ',
};

/** Numbers of an attribute that is a list of float32, or a tensor of float64 (`nodes_values_as_tensor`). */
export function floatsOf(attributes: Attributes, name: string): ArrayLike<number> {
  const tensor = attributes.tensor(`${name}_as_tensor`);
  return tensor ? toConstant(tensor).values : attributes.floats(name);
}

/**
 * The trees of a TreeEnsembleClassifier or TreeEnsembleRegressor (ai.onnx.ml 1 and 3).
 *
 * @param weights prefix of the attributes that say what leaves give: `class` or `target`
 * @throws NotCompilable if nodes are missing, twice there, or no tree
 */
export function readTrees(scope: Scope, weights: 'class' | 'target'): Tree[] {
  const { attributes } = scope;
  const [trees, ids, modes] = [
    attributes.ints('nodes_treeids'),
    attributes.ints('nodes_nodeids'),
    attributes.texts('nodes_modes'),
  ];
  const [features, values] = [attributes.ints('nodes_featureids'), floatsOf(attributes, 'nodes_values')];
  const [yes, no] = [attributes.ints('nodes_truenodeids'), attributes.ints('nodes_falsenodeids')];
  const missing = attributes.ints('nodes_missing_value_tracks_true');
  const hits = floatsOf(attributes, 'nodes_hitrates');
  const [first] = trees;
  if (first === undefined || ids.length !== trees.length) scope.refuse('it has no nodes');
  const leaves = readLeaves(attributes, weights);
  const nodes = new Map<number, number>(ids.map((id, at) => [keyOf(trees[at], id), at]));
  if (nodes.size !== ids.length) scope.refuse('a node is there twice');
  const used = new Set<number>();

  const build = (at: number, depth: number): Tree => {
    if (used.has(at) || depth > DEEPEST) scope.refuse('its nodes form no tree, or one that is too deep');
    used.add(at);
    const mode = modes[at] ?? '';
    const rate = hits[at];
    if (mode === 'LEAF') return { ...(leaves.get(keyOf(trees[at], ids[at])) ?? NOTHING), hits: rate };
    const child = (id: number | undefined): Tree => {
      const found = nodes.get(keyOf(trees[at], id)) ?? scope.refuse(`a branch leads to node ${id}, which is not there`);
      return build(found, depth + 1);
    };
    const branch: Omit<Branch, 'yes' | 'no'> = {
      feature: features[at] ?? 0,
      mode: MODES[mode] ?? scope.refuse(`it has nodes of the mode "${mode}"`),
      threshold: values[at] ?? 0,
      missing: missing[at] === 1,
      hits: rate,
    };
    return { ...branch, yes: child(yes[at]), no: child(no[at]) };
  };
  return ids.flatMap((_, at) => (at === 0 || trees[at] !== trees[at - 1] ? [build(at, 0)] : []));
}

/** Both are 32-bit numbers, so that no two places share a key. */
const keyOf = (tree = NaN, node = NaN): number => tree * 2 ** 32 + node;

const NOTHING: Omit<Leaf, 'hits'> = { targets: [], values: [] };

function readLeaves(attributes: Attributes, prefix: string): Map<number, { targets: number[]; values: number[] }> {
  const trees = attributes.ints(`${prefix}_treeids`);
  const nodes = attributes.ints(`${prefix}_nodeids`);
  const targets = attributes.ints(`${prefix}_ids`);
  const weights = floatsOf(attributes, `${prefix}_weights`);
  const leaves = new Map<number, { targets: number[]; values: number[] }>();
  nodes.forEach((node, at) => {
    const key = keyOf(trees[at], node);
    const leaf = leaves.get(key) ?? { targets: [], values: [] };
    leaf.targets.push(targets[at] ?? 0);
    leaf.values.push(weights[at] ?? 0);
    leaves.set(key, leaf);
  });
  return leaves;
}
