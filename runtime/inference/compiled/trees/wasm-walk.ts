import { arena, HALF } from '../wasm/arena.ts';
import { CHILD, FEATURE, type Forest, NODE_WORDS, TAG } from './forest.ts';
import type { Walk } from './walk.ts';

const CHAINS = 4;
/** Full trees up to this depth take their steps without asking whether they have arrived. */
const SHALLOW = 12;

/**
 * The walk where a missing value goes where a false comparison does, as WebAssembly. Undefined: this machine has none, or the
 * forest is too large for it.
 */
export function wasmWalk(forest: Forest, x: Float32Array, features: number): Walk | undefined {
  const own = arena();
  const trees = Math.ceil(forest.roots.length / CHAINS) * CHAINS;
  const block = x.length / features;
  if (!own || 4 * trees * block > HALF || 4 * x.length > HALF) return undefined;
  const { words, roots } = forest;
  const bytes = 4 * (trees + words.length + NODE_WORDS);
  // The walk holds it, and so its memory.
  const place = { at: 0 };
  const at = own.keep(bytes, place);
  if (at === undefined) return undefined;
  place.at = at;
  const nodes = at + 4 * trees;
  upload(forest, own.ints, own.floats, at, nodes, trees);
  const { kernels } = own;
  const stride = 4 * features;
  const deepest = roots.reduce((most, _, tree) => Math.max(most, forest.depths[tree] as number), 0);
  const steps = deepest <= SHALLOW ? deepest : Math.floor(forest.steps / roots.length);
  return (rows) => {
    const { first, leaves } = own;
    for (let index = 0; index < rows * features; index++) first[index] = x[index] as number;
    const fours = rows - (rows % CHAINS);
    if (fours > 0) kernels.walkRows(place.at, roots.length, 0, stride, fours, HALF, 4 * rows, steps);
    for (let row = fours; row < rows; row++)
      kernels.walkTrees(place.at, trees, row * stride, HALF + 4 * row, 4 * rows, steps);
    return leaves;
  };
}

/** With addresses in place of numbers; behind the last node a leaf for the trees that fill the last four up. */
function upload(
  { words, roots }: Forest,
  ints: Int32Array,
  floats: Float32Array,
  at: number,
  nodes: number,
  trees: number,
): void {
  const thresholds = new Float32Array(words.buffer);
  const base = nodes / 4;
  const filler = nodes + 4 * words.length;
  for (let tree = 0; tree < trees; tree++)
    ints[at / 4 + tree] = tree < roots.length ? nodes + 4 * (roots[tree] as number) : filler;
  for (let node = 0; node < words.length; node += NODE_WORDS) {
    floats[base + node] = thresholds[node] as number;
    ints[base + node + FEATURE] = 4 * (words[node + FEATURE] as number);
    ints[base + node + CHILD] = nodes + 4 * (words[node + CHILD] as number);
    ints[base + node + TAG] = words[node + TAG] as number;
  }
  floats[filler / 4] = NaN;
  ints.set([0, filler, 0], filler / 4 + 1);
}
