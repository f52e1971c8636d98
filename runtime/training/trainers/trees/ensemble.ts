/**
 * Trees as tables that grow: no object a node. Node n asks whether feature[n] ≤ threshold[n]: yes leads to child[n], no to the
 * node after it. Where child[n] is negative, n is the leaf ~child[n].
 */
export class Ensemble {
  /** Numbers in a leaf. */
  readonly outputs: number;
  feature = new Int32Array(256);
  threshold = new Float32Array(256);
  child = new Int32Array(256);
  /** How much training data reached the node. */
  cover = new Float32Array(256);
  /** leaves × outputs */
  values: Float32Array = new Float32Array(256);
  readonly roots: number[] = [];
  nodes = 0;
  leaves = 0;

  constructor(outputs: number) {
    this.outputs = outputs;
  }

  get trees(): number {
    return this.roots.length;
  }

  /** @returns the root of a new tree, to be made a leaf or a branch */
  addTree(): number {
    const root = this.add(1);
    this.roots.push(root);
    return root;
  }

  /** @returns its first child, where it is at most the threshold; the other is the node after it */
  branch(node: number, feature: number, threshold: number): number {
    const child = this.add(2);
    this.feature[node] = feature;
    this.threshold[node] = threshold;
    this.child[node] = child;
    return child;
  }

  /** @returns where its numbers are to be written in `values` */
  leaf(node: number): number {
    const leaf = this.leaves++;
    this.child[node] = ~leaf;
    if (this.leaves * this.outputs > this.values.length) {
      this.values = larger(this.values, Math.max(2 * this.values.length, this.leaves * this.outputs));
    }
    return leaf * this.outputs;
  }

  /** Keeps the first trees only. */
  keep(trees: number): void {
    const next = this.roots[trees];
    if (next === undefined) return;
    this.roots.length = trees;
    this.nodes = next;
    let leaves = 0;
    for (let node = 0; node < next; node++) if ((this.child[node] as number) < 0) leaves++;
    this.leaves = leaves;
  }

  private add(count: number): number {
    const node = this.nodes;
    this.nodes += count;
    if (this.nodes > this.child.length) {
      const size = 2 * this.child.length;
      this.feature = larger(this.feature, size);
      this.threshold = larger(this.threshold, size);
      this.child = larger(this.child, size);
      this.cover = larger(this.cover, size);
    }
    return node;
  }
}

function larger<T extends Float32Array | Int32Array>(array: T, size: number): T {
  const copy = new (array.constructor as new (size: number) => T)(size);
  copy.set(array);
  return copy;
}
