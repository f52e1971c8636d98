import { Ensemble } from '../trees/ensemble.ts';

/**
 * Minimal cost-complexity pruning: of all trees that branches can be cut off to, the one with the least impurity plus `price`
 * for each leaf.
 *
 * @param tree  the only one of its ensemble; leaves say shares of classes, or means
 * @param price in weight of rows times impurity
 * @see Breiman et al. (1984), Classification and regression trees; ccp_alpha of scikit-learn
 */
export function prune(tree: Ensemble, price: number): Ensemble {
  const { nodes, outputs, child, cover, values } = tree;
  // Of each node: what it would say as a leaf, what its leaves explain, and how many of them are left.
  const says = new Float64Array(nodes * outputs);
  const explained = new Float64Array(nodes);
  const leaves = new Int32Array(nodes);
  // Children come after their parents.
  for (let node = nodes - 1; node >= 0; node--) {
    const next = child[node] as number;
    const at = node * outputs;
    const weight = cover[node] as number;
    let own = 0;
    for (let output = 0; output < outputs; output++) {
      const mean =
        next < 0
          ? (values[~next * outputs + output] as number)
          : ((cover[next] as number) * (says[next * outputs + output] as number) +
              (cover[next + 1] as number) * (says[(next + 1) * outputs + output] as number)) /
            weight;
      says[at + output] = mean;
      own += weight * mean * mean;
    }
    const below = next < 0 ? own : (explained[next] as number) + (explained[next + 1] as number);
    const count = next < 0 ? 1 : (leaves[next] as number) + (leaves[next + 1] as number);
    const kept = below - own > price * (count - 1);
    explained[node] = kept ? below : own;
    leaves[node] = kept ? count : 1;
  }
  const pruned = new Ensemble(outputs);
  const open: [from: number, to: number][] = [[0, pruned.addTree()]];
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const [from, to] = pair;
    pruned.cover[to] = cover[from] as number;
    if (leaves[from] === 1) {
      const at = pruned.leaf(to);
      pruned.values.set(says.subarray(from * outputs, (from + 1) * outputs), at);
      continue;
    }
    const next = child[from] as number;
    const first = pruned.branch(to, tree.feature[from] as number, tree.threshold[from] as number);
    open.push([next + 1, first + 1], [next, first]);
  }
  return pruned;
}
