import { type Arena, arena, HALF } from '../wasm/arena.ts';
import { CHILD, FEATURE, type Forest, NODE_WORDS, TAG } from './forest.ts';

/** How many trees or rows the kernels walk side by side. */
export const CHAINS = 4;
/** Trees no deeper than this take all their steps without asking whether they have arrived. */
const SHALLOW = 12;

/** A forest in the kernels' memory. Whoever walks it holds this object, and so the memory. */
export interface ForestMemory {
  /** Address of the addresses of the roots. */
  readonly roots: number;
  /** A multiple of CHAINS: the last are filled up with a tree that is a leaf. */
  readonly trees: number;
  /** Steps after which most rows have arrived. */
  readonly steps: number;
}

/**
 * Writes a forest with addresses in place of numbers. Undefined: there is no WebAssembly, no memory, or too little scratch for
 * `rows` rows.
 *
 * @param tables what each leaf gives, in vectors of four; without it the tag of a leaf is its number
 */
export function keepForest(
  { words, roots, depths, steps, leaves }: Forest,
  rows: { readonly count: number; readonly width: number },
  tables?: Float32Array,
): ForestMemory | undefined {
  const own = arena();
  const trees = Math.ceil(roots.length / CHAINS) * CHAINS;
  const given = tables ? tables.length / leaves.length : trees;
  if (!own || 4 * given * rows.count > HALF || 4 * rows.width * rows.count > HALF) return undefined;
  const size = { roots: trees, nodes: words.length, filler: NODE_WORDS, tables: tables ? tables.length + given : 0 };
  const memory = { roots: 0, trees, steps: 0 };
  // A vector more, so that tables may begin where vectors do.
  const at = own.keep(4 * (size.roots + size.nodes + size.filler + size.tables + 4), memory);
  if (at === undefined) return undefined;
  const nodes = at + 4 * size.roots;
  const filler = nodes + 4 * size.nodes;
  const table = filler + 4 * size.filler;
  const tagOf = (leaf: number) => (tables ? table + 4 * given * leaf : leaf);
  write(own, words, { nodes, tagOf });
  for (let tree = 0; tree < trees; tree++) {
    own.ints[at / 4 + tree] = tree < roots.length ? nodes + 4 * (roots[tree] as number) : filler;
  }
  own.floats[filler / 4] = NaN;
  own.ints.set([0, filler, tagOf(leaves.length)], filler / 4 + 1);
  if (tables) {
    own.floats.set(tables, table / 4);
    own.floats.fill(0, table / 4 + tables.length, table / 4 + tables.length + given);
  }
  const deepest = depths.reduce((most, depth) => Math.max(most, depth), 0);
  return Object.assign(memory, { roots: at, steps: deepest <= SHALLOW ? deepest : Math.floor(steps / roots.length) });
}

interface Addresses {
  readonly nodes: number;
  tagOf(leaf: number): number;
}

function write({ ints, floats }: Arena, words: Int32Array, { nodes, tagOf }: Addresses): void {
  const thresholds = new Float32Array(words.buffer);
  const base = nodes / 4;
  for (let node = 0; node < words.length; node += NODE_WORDS) {
    const isLeaf = words[node + CHILD] === node;
    floats[base + node] = thresholds[node] as number;
    ints[base + node + FEATURE] = 4 * (words[node + FEATURE] as number);
    ints[base + node + CHILD] = nodes + 4 * (words[node + CHILD] as number);
    ints[base + node + TAG] = isLeaf ? tagOf(words[node + TAG] as number) : 0;
  }
}
