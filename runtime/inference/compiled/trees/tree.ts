/** A decision tree as it was read, before it is laid out. A subtree may hang under several branches. */
export type Tree = Branch | Leaf;

export type Mode = 'LEQ' | 'LT' | 'GTE' | 'GT' | 'EQ' | 'NEQ';

export interface Branch {
  readonly feature: number;
  readonly mode: Mode;
  readonly threshold: number;
  /** Where a missing value (NaN) goes: true: to `yes`, whatever the mode says. */
  readonly missing: boolean;
  readonly hits: number | undefined;
  yes: Tree;
  no: Tree;
}

export interface Leaf {
  /** Which targets or classes it adds to. */
  readonly targets: readonly number[];
  readonly values: readonly number[];
  readonly hits: number | undefined;
}

export const isLeaf = (tree: Tree): tree is Leaf => 'targets' in tree;

/** Deeper ones are no trees that anyone trained, and would be walked by recursion. */
export const DEEPEST = 500;
