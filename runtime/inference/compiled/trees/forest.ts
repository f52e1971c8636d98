import { type Branch, isLeaf, type Leaf, type Tree } from './tree.ts';
import { asAtMost } from './as-at-most.ts';

/** Int32 words of a node: threshold (float32), feature, first of its two children (the one for *no*), leaf or rule for missing values. */
export const NODE_WORDS = 4;
export const FEATURE = 1;
export const CHILD = 2;
/** Of a leaf: its number. Of a branch: 1 if a missing value goes to *yes*. */
export const TAG = 3;

/**
 * Trees in one array, breadth first, children side by side, every test of the form x ≤ threshold: a step down is
 * `child + (x ≤ threshold)`, without a branch that the processor could guess wrong. A leaf leads to itself.
 */
export interface Forest {
  /** Node n is at NODE_WORDS · n; children are given as such places. */
  readonly words: Int32Array;
  /** The thresholds of float64 models, by node; undefined: float32, in `words`. */
  readonly thresholds: Float64Array | undefined;
  readonly roots: Int32Array;
  /** Steps to the deepest leaf, by tree; endless where subtrees are shared, so that there are several ways to a leaf. */
  readonly depths: Int32Array;
  readonly leaves: readonly Leaf[];
  /** Some branch sends missing values elsewhere than a false comparison would. */
  readonly tracksMissing: boolean;
  /** Steps for a row, as a mean over leaves. */
  readonly steps: number;
}

export function layOut(trees: readonly Tree[], precision: 'float32' | 'float64'): Forest {
  const layout = new Layout(precision);
  const roots = Int32Array.from(trees, (tree) => NODE_WORDS * layout.addTree(tree));
  return layout.finish(roots);
}

class Layout {
  private readonly precision: 'float32' | 'float64';
  private readonly nodes: { threshold: number; feature: number; child: number; tag: number }[] = [];
  private readonly leaves: Leaf[] = [];
  private readonly leafNumbers = new Map<Leaf, number>();
  private readonly depths: number[] = [];
  private tracksMissing = false;
  private steps = 0;

  constructor(precision: 'float32' | 'float64') {
    this.precision = precision;
  }

  /** @returns the number of its root */
  addTree(tree: Tree): number {
    const children = new Map<Tree, number>();
    const root = this.nodes.length;
    this.nodes.push(EMPTY);
    let [depth, paths, steps, shared] = [0, 0, 0, false];
    let level: [node: number, tree: Tree][] = [[root, tree]];
    for (; level.length > 0; depth++) {
      const next: typeof level = [];
      for (const [node, given] of level) {
        if (isLeaf(given)) {
          this.nodes[node] = { threshold: NaN, feature: 0, child: node, tag: this.leafNumber(given) };
          paths++;
          steps += depth;
          continue;
        }
        const branch = asAtMost(given, this.precision);
        let child = children.get(given);
        if (child === undefined) {
          child = this.nodes.push(EMPTY, EMPTY) - 2;
          children.set(given, child);
          next.push([child, branch.no], [child + 1, branch.yes]);
        } else shared = true;
        this.nodes[node] = this.branchNode(branch, child);
      }
      level = next;
    }
    this.depths.push(shared ? ENDLESS : depth - 1);
    this.steps += steps / paths;
    return root;
  }

  finish(roots: Int32Array): Forest {
    const words = new Int32Array(this.nodes.length * NODE_WORDS);
    const floats = new Float32Array(words.buffer);
    this.nodes.forEach(({ threshold, feature, child, tag }, node) => {
      words.set([0, feature, NODE_WORDS * child, tag], NODE_WORDS * node);
      floats[NODE_WORDS * node] = threshold;
    });
    const doubles = this.precision === 'float64';
    return {
      words,
      thresholds: doubles ? Float64Array.from(this.nodes, ({ threshold }) => threshold) : undefined,
      roots,
      depths: Int32Array.from(this.depths),
      leaves: this.leaves,
      tracksMissing: this.tracksMissing,
      steps: this.steps,
    };
  }

  private branchNode({ threshold, feature, missing }: Branch, child: number) {
    if (missing) this.tracksMissing = true;
    return { threshold, feature, child, tag: missing ? 1 : 0 };
  }

  private leafNumber(leaf: Leaf): number {
    let number = this.leafNumbers.get(leaf);
    if (number === undefined) {
      number = this.leaves.push(leaf) - 1;
      this.leafNumbers.set(leaf, number);
    }
    return number;
  }
}

const ENDLESS = 0x7fffffff;
const EMPTY = { threshold: NaN, feature: 0, child: 0, tag: 0 };
