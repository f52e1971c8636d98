import type { Ensemble } from './ensemble.ts';

/** @returns the leaf that the row from `at` on comes to */
export function leafOf(
  { child, feature, threshold }: Ensemble,
  root: number,
  values: Float32Array,
  at: number,
): number {
  let node = root;
  for (let next = child[node] as number; next >= 0; next = child[node] as number) {
    node = (values[at + (feature[node] as number)] as number) <= (threshold[node] as number) ? next : next + 1;
  }
  return ~(child[node] as number);
}

/**
 * Adds up, in float32 and in the order of the trees, as ONNX Runtime does, what their leaves say of each row.
 *
 * @param target the sum to which a tree's leaf, of one number, belongs; left out: a leaf has a number for each sum
 * @returns rows × sums
 */
export function sumLeaves(
  ensemble: Ensemble,
  values: Float32Array,
  rows: number,
  width: number,
  sums: number,
  target?: (tree: number) => number,
): Float32Array {
  const found = new Float32Array(rows * sums);
  const { roots, outputs, values: leaves } = ensemble;
  for (let tree = 0; tree < roots.length; tree++) {
    const root = roots[tree] as number;
    const offset = target ? target(tree) : 0;
    for (let row = 0; row < rows; row++) {
      const leaf = leafOf(ensemble, root, values, row * width) * outputs;
      const to = row * sums + offset;
      for (let output = 0; output < outputs; output++) {
        found[to + output] = (found[to + output] as number) + (leaves[leaf + output] as number);
      }
    }
  }
  return found;
}
