/** Two small models of known size: how quickly a machine runs them tells how quickly it will run others. */
import { build, type OnnxModel, writeOnnx } from '../../onnx-format/index.ts';
import type { Tensors } from '../tiers/tier.ts';

const WIDTH = 64;
const CLASSES = 8;
const TREES = 50;
/** Decisions from the root to a leaf. */
const DEPTH = 6;

export interface Yardstick {
  readonly name: 'dense' | 'trees';
  readonly onnx: Uint8Array;
  readonly feeds: Tensors;
}

export function yardsticks(): Yardstick[] {
  const row = Float32Array.from({ length: WIDTH }, (_, i) => Math.sin(i));
  const feeds = { x: { type: 'float32', dims: [1, WIDTH], data: row } };
  return [
    { name: 'dense', onnx: writeOnnx(denseNet()), feeds },
    { name: 'trees', onnx: writeOnnx(forest()), feeds },
  ];
}

/** Multiply-adds a row of the dense net. */
export const DENSE_COST = WIDTH * WIDTH + WIDTH * CLASSES;

function denseNet(): OnnxModel {
  const weights = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * 1.7) / 8);
  return build.model({
    name: 'yardstick-dense',
    nodes: [
      build.node('Gemm', ['x', 'W1', 'b1'], ['h']),
      build.node('Relu', ['h'], ['a']),
      build.node('Gemm', ['a', 'W2', 'b2'], ['y']),
    ],
    initializers: [
      build.floatTensor('W1', [WIDTH, WIDTH], weights(WIDTH * WIDTH)),
      build.floatTensor('b1', [WIDTH], weights(WIDTH)),
      build.floatTensor('W2', [WIDTH, CLASSES], weights(WIDTH * CLASSES)),
      build.floatTensor('b2', [CLASSES], weights(CLASSES)),
    ],
    inputs: [build.value('x', 'float32', ['rows', WIDTH])],
    outputs: [build.value('y', 'float32', ['rows', CLASSES])],
  });
}

function forest(): OnnxModel {
  const inner = 2 ** DEPTH - 1;
  const nodes = 2 ** (DEPTH + 1) - 1;
  const all = Array.from({ length: TREES * nodes }, (_, i) => ({ tree: Math.floor(i / nodes), node: i % nodes }));
  const leaves = all.filter(({ node }) => node >= inner);
  const big = (values: readonly number[]) => values.map(BigInt);
  const branch = ({ node }: { node: number }) => node < inner;
  const attributes = {
    nodes_treeids: big(all.map(({ tree }) => tree)),
    nodes_nodeids: big(all.map(({ node }) => node)),
    nodes_featureids: big(all.map((at) => (branch(at) ? (at.tree * 7 + at.node * 3) % WIDTH : 0))),
    nodes_modes: all.map((at) => (branch(at) ? 'BRANCH_LEQ' : 'LEAF')),
    nodes_values: all.map((at) => (branch(at) ? Math.sin(at.tree + at.node) : 0)),
    nodes_truenodeids: big(all.map((at) => (branch(at) ? 2 * at.node + 1 : 0))),
    nodes_falsenodeids: big(all.map((at) => (branch(at) ? 2 * at.node + 2 : 0))),
    target_treeids: big(leaves.map(({ tree }) => tree)),
    target_nodeids: big(leaves.map(({ node }) => node)),
    target_ids: big(leaves.map(() => 0)),
    target_weights: leaves.map(({ tree, node }) => Math.cos(tree * nodes + node)),
    n_targets: 1n,
    post_transform: 'NONE',
  };
  return build.model(
    {
      name: 'yardstick-trees',
      nodes: [build.node('TreeEnsembleRegressor', ['x'], ['y'], attributes, 'ai.onnx.ml')],
      initializers: [],
      inputs: [build.value('x', 'float32', ['rows', WIDTH])],
      outputs: [build.value('y', 'float32', ['rows', 1])],
    },
    {},
    [
      { domain: '', version: 17n },
      { domain: 'ai.onnx.ml', version: 3n },
    ],
  );
}
