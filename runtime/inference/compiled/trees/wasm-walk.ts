import { arena, HALF } from '../wasm/arena.ts';
import type { Scores } from './aggregate.ts';
import { CHAINS, keepForest } from './forest-memory.ts';
import type { Forest } from './forest.ts';
import type { LeafTable } from './leaf-table.ts';
import type { Walk } from './walk.ts';

/**
 * The walk where a missing value goes where a false comparison does, as WebAssembly. Undefined: this machine has none, or the
 * forest is too large for it.
 */
export function wasmWalk(forest: Forest, x: Float32Array, features: number): Walk | undefined {
  const own = arena();
  const memory = keepForest(forest, { count: x.length / features, width: features });
  if (!own || !memory) return undefined;
  const { kernels } = own;
  const stride = 4 * features;
  const trees = forest.roots.length;
  return (rows) => {
    const { first, leaves } = own;
    for (let index = 0; index < rows * features; index++) first[index] = x[index] as number;
    const fours = rows - (rows % CHAINS);
    if (fours > 0) kernels.walkRows(memory.roots, trees, 0, stride, fours, HALF, 4 * rows, memory.steps);
    for (let row = fours; row < rows; row++) {
      kernels.walkTrees(memory.roots, memory.trees, row * stride, HALF + 4 * row, 4 * rows, memory.steps);
    }
    return leaves;
  };
}

/**
 * Walks and adds the leaves up in one go, into `scores`. Undefined: as for the walk; or what a leaf leaves out must be told
 * from a 0.
 */
export function wasmSum(
  forest: Forest,
  table: LeafTable,
  scores: Scores,
  x: Float32Array,
  features: number,
): ((rows: number) => void) | undefined {
  const own = arena();
  const { targets, values, given } = scores;
  if (!own || !(values instanceof Float32Array) || !table.complete) return undefined;
  const vectors = Math.ceil(targets / 4);
  const tables = inVectors(table, forest.leaves.length, targets, 4 * vectors);
  const memory = keepForest(forest, { count: x.length / features, width: features }, tables);
  if (!memory) return undefined;
  given.fill(1);
  const { kernels } = own;
  const stride = 4 * features;
  const trees = forest.roots.length;
  return (rows) => {
    const { first, second } = own;
    for (let index = 0; index < rows * features; index++) first[index] = x[index] as number;
    for (let index = 0; index < rows * vectors * 4; index++) second[index] = 0;
    const fours = rows - (rows % CHAINS);
    if (fours > 0) kernels.sumRows(memory.roots, trees, 0, stride, fours, HALF, vectors, memory.steps);
    for (let row = fours; row < rows; row++) {
      kernels.sumTrees(memory.roots, memory.trees, row * stride, HALF + 16 * vectors * row, vectors, memory.steps);
    }
    for (let row = 0, at = 0; row < rows; row++) {
      const own = row * vectors * 4;
      for (let target = 0; target < targets; target++, at++) values[at] = second[own + target] as number;
    }
  };
}

function inVectors({ first, targets, values }: LeafTable, leaves: number, count: number, width: number): Float32Array {
  const tables = new Float32Array(leaves * width);
  for (let leaf = 0; leaf < leaves; leaf++) {
    const start = first[leaf] as number;
    // Of one target only the first weight counts.
    const end = count === 1 ? Math.min(start + 1, first[leaf + 1] as number) : (first[leaf + 1] as number);
    for (let at = start; at < end; at++) {
      const place = leaf * width + (targets[at] as number);
      tables[place] = (tables[place] as number) + (values[at] as number);
    }
  }
  return tables;
}
