import type { Explained } from '../compiled-model.ts';
import type { Step } from '../graph/step.ts';
import type { Ensemble } from '../trees/ensemble.ts';
import { type Branch, isLeaf, type Leaf, type Tree } from '../trees/tree.ts';

/**
 * The change of the node's mean from each branch on the way down to the next belongs to the feature that the branch asks for;
 * the base is the mean of the roots. A mean is over the leaves below: weighted by how many examples reached them in
 * training where the model says so (nodes_hitrates), or else each leaf as much as the others.
 *
 * @param before what is done to the features before, each by itself
 * @see Saabas (2014), Interpreting random forests
 */
export function explainTrees(
  ensemble: Ensemble,
  before: readonly Step[],
  row: Float32Array,
  column: number,
): Explained {
  const { trees, targets, base: bases, aggregate, oneSided } = ensemble;
  const x = before.reduce<Float64Array>((values, step) => step.row?.(values) ?? values, Float64Array.from(row));
  const target = oneSided ? undefined : column;
  const share = (oneSided && column === 0 ? -1 : 1) / (aggregate === 'AVERAGE' ? trees.length : 1);
  const contributions = new Float64Array(row.length);
  const means = new Map<Tree, Mean>();
  let base = baseOf(bases, targets, column, oneSided) * (oneSided && column === 0 ? -1 : 1);
  for (const root of trees) {
    base += share * meanOf(root, target, means).mean;
    for (let node = root; !isLeaf(node);) {
      const next = goesYes(node, x[node.feature] as number) ? node.yes : node.no;
      const change = meanOf(next, target, means).mean - meanOf(node, target, means).mean;
      contributions[node.feature] = (contributions[node.feature] as number) + share * change;
      node = next;
    }
  }
  return { base, contributions, method: 'path' };
}

function baseOf(bases: ArrayLike<number>, targets: number, column: number, oneSided: boolean): number {
  if (bases.length === 0) return 0;
  return bases[oneSided || bases.length !== targets ? 0 : column] ?? 0;
}

interface Mean {
  readonly mean: number;
  readonly weight: number;
}

/** @param target undefined: whichever the leaf speaks of */
function meanOf(tree: Tree, target: number | undefined, means: Map<Tree, Mean>): Mean {
  const known = means.get(tree);
  if (known) return known;
  const found = isLeaf(tree) ? ofLeaf(tree, target) : ofBranch(tree, target, means);
  means.set(tree, found);
  return found;
}

function ofLeaf({ targets, values }: Leaf, target: number | undefined): Mean {
  const mean = targets.reduce(
    (sum, own, at) => sum + (target === undefined || own === target ? (values[at] ?? 0) : 0),
    0,
  );
  return { mean, weight: 1 };
}

function ofBranch({ yes, no }: Branch, target: number | undefined, means: Map<Tree, Mean>): Mean {
  const [a, b] = [meanOf(yes, target, means), meanOf(no, target, means)];
  const counted = (yes.hits ?? 0) > 0 && (no.hits ?? 0) > 0;
  const [left, right] = counted ? [yes.hits ?? 1, no.hits ?? 1] : [a.weight, b.weight];
  return { mean: (left * a.mean + right * b.mean) / (left + right), weight: a.weight + b.weight };
}

function goesYes({ mode, threshold, missing }: Branch, value: number): boolean {
  if (Number.isNaN(value) && missing) return true;
  switch (mode) {
    case 'LEQ':
      return value <= threshold;
    case 'LT':
      return value < threshold;
    case 'GTE':
      return value >= threshold;
    case 'GT':
      return value > threshold;
    case 'EQ':
      return value === threshold;
    case 'NEQ':
      return value !== threshold;
  }
}
