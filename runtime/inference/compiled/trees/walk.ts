import type { NumberArray } from '../graph/value.ts';
import { wasmWalk } from './wasm-walk.ts';
import { CHILD, FEATURE, type Forest, NODE_WORDS, TAG } from './forest.ts';

/** Gives the numbers of the leaves that `rows` rows end at, tree by tree: the leaf of row r in tree t at t · rows + r. */
export type Walk = (rows: number) => Int32Array;

/** Above it, a walk asks at every step whether it has arrived, instead of taking the deepest leaf's number of steps. */
const DEEP = 12;

/**
 * @param x        rows of values; the array of a slot, so the walk reads what it holds then
 * @param features values a row
 */
export function createWalk(forest: Forest, x: NumberArray, features: number): Walk {
  const careful = carefulWalk(forest, x, features);
  if (!(x instanceof Float32Array)) return careful;
  const quick = wasmWalk(forest, x, features) ?? quickWalk(forest, x, features);
  if (!forest.tracksMissing) return quick;
  return (rows) => (holdsMissing(x, rows * features) ? careful : quick)(rows);
}

export function holdsMissing(x: NumberArray, count: number): boolean {
  for (let at = 0; at < count; at++) if (Number.isNaN(x[at])) return true;
  return false;
}

/** Where a missing value goes where a false comparison does. Four rows at a time: their steps do not wait for each other. */
function quickWalk({ words, roots, depths }: Forest, x: Float32Array, features: number): Walk {
  const thresholds = new Float32Array(words.buffer);
  const leaves = new Int32Array((roots.length * x.length) / features);
  return (rows) => {
    const fours = rows - (rows % 4);
    for (let tree = 0, at = 0; tree < roots.length; tree++) {
      const root = roots[tree] as number;
      const depth = depths[tree] as number;
      let row = 0;
      let own = 0;
      for (; depth <= DEEP && row < fours; row += 4, own += 4 * features, at += 4) {
        let a = root;
        let b = root;
        let c = root;
        let d = root;
        for (let step = 0; step < depth; step++) {
          const first = x[own + (words[a + FEATURE] as number)] as number;
          const second = x[own + features + (words[b + FEATURE] as number)] as number;
          const third = x[own + 2 * features + (words[c + FEATURE] as number)] as number;
          const fourth = x[own + 3 * features + (words[d + FEATURE] as number)] as number;
          a = (words[a + CHILD] as number) + (+(first <= (thresholds[a] as number)) << 2);
          b = (words[b + CHILD] as number) + (+(second <= (thresholds[b] as number)) << 2);
          c = (words[c + CHILD] as number) + (+(third <= (thresholds[c] as number)) << 2);
          d = (words[d + CHILD] as number) + (+(fourth <= (thresholds[d] as number)) << 2);
        }
        leaves[at] = words[a + TAG] as number;
        leaves[at + 1] = words[b + TAG] as number;
        leaves[at + 2] = words[c + TAG] as number;
        leaves[at + 3] = words[d + TAG] as number;
      }
      for (; row < rows; row++, own += features, at++) {
        let node = root;
        for (;;) {
          const child = words[node + CHILD] as number;
          if (child === node) break;
          const value = x[own + (words[node + FEATURE] as number)] as number;
          node = child + (+(value <= (thresholds[node] as number)) << 2);
        }
        leaves[at] = words[node + TAG] as number;
      }
    }
    return leaves;
  };
}

/** Any precision, and missing values by the rule of each branch. */
export function carefulWalk({ words, thresholds, roots }: Forest, x: NumberArray, features: number): Walk {
  const floats = new Float32Array(words.buffer);
  const limits =
    thresholds ?? Float64Array.from({ length: words.length / NODE_WORDS }, (_, n) => floats[NODE_WORDS * n] ?? NaN);
  const leaves = new Int32Array((roots.length * x.length) / features);
  return (rows) => {
    for (let tree = 0, at = 0; tree < roots.length; tree++) {
      for (let row = 0, own = 0; row < rows; row++, own += features, at++) {
        let node = roots[tree] as number;
        for (;;) {
          const child = words[node + CHILD] as number;
          if (child === node) break;
          const value = x[own + (words[node + FEATURE] as number)] as number;
          const yes = Number.isNaN(value) ? (words[node + TAG] as number) : +(value <= (limits[node >> 2] as number));
          node = child + (yes << 2);
        }
        leaves[at] = words[node + TAG] as number;
      }
    }
    return leaves;
  };
}
