/** The models that are measured: made from a seed, the sizes of what people put on a gateway. */
import { build, type OnnxModel, type OnnxNode, type OnnxTensor } from '../../runtime/onnx-format/index.ts';

export interface BenchModel {
  readonly name: string;
  readonly model: OnnxModel;
  /** Shape of its input, without the rows. */
  readonly shape: readonly number[];
}

/** In [0, 1), from a seed. @see Vigna (2015), splitmix; here of 32 bits */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}

const ML = 'ai.onnx.ml';
const OPSETS = [
  { domain: '', version: 17n },
  { domain: ML, version: 3n },
];

/** A classifier of full trees, each leaf a distribution over the classes, as scikit-learn's forests are exported. */
function forest(name: string, trees: number, depth: number, features: number, classes: number): BenchModel {
  const random = seeded(trees);
  const branches = 2 ** depth - 1;
  const nodes = 2 ** (depth + 1) - 1;
  const ids = Array.from({ length: trees * nodes }, (_, at) => at % nodes);
  const tree = (at: number) => BigInt(Math.floor(at / nodes));
  const inner = (value: number) => (id: number) => (id < branches ? BigInt(2 * id + value) : 0n);
  const leaves = ids.flatMap((id, at) => (id < branches ? [] : Array.from({ length: classes }, () => at)));
  const attributes = {
    nodes_treeids: ids.map((_, at) => tree(at)),
    nodes_nodeids: ids.map(BigInt),
    nodes_featureids: ids.map(() => BigInt(Math.floor(random() * features))),
    nodes_modes: ids.map((id) => (id < branches ? 'BRANCH_LEQ' : 'LEAF')),
    nodes_values: ids.map(() => random() * 2 - 1),
    nodes_truenodeids: ids.map(inner(1)),
    nodes_falsenodeids: ids.map(inner(2)),
    class_treeids: leaves.map(tree),
    class_nodeids: leaves.map((at) => BigInt(ids[at] ?? 0)),
    class_ids: leaves.map((_, at) => BigInt(at % classes)),
    class_weights: leaves.map(() => random() / trees),
    classlabels_int64s: Array.from({ length: classes }, (_, label) => BigInt(label)),
    post_transform: 'NONE',
  };
  const nodesOf = [build.node('TreeEnsembleClassifier', ['x'], ['label', 'scores'], attributes, ML)];
  return { name, shape: [features], model: classifier(nodesOf, [], features, classes) };
}

/** Scaler and LinearClassifier, as scikit-learn's pipeline is exported. */
function logistic(name: string, features: number, classes: number): BenchModel {
  const random = seeded(features);
  const some = (count: number) => Array.from({ length: count }, () => random() * 2 - 1);
  const linear = {
    coefficients: some(features * classes),
    intercepts: some(classes),
    classlabels_ints: Array.from({ length: classes }, (_, label) => BigInt(label)),
    multi_class: 1n,
    post_transform: 'SOFTMAX',
  };
  const scaler = { offset: some(features), scale: some(features).map((each) => 1 + Math.abs(each)) };
  const nodes = [
    build.node('Scaler', ['x'], ['scaled'], scaler, ML),
    build.node('LinearClassifier', ['scaled'], ['label', 'scores'], linear, ML),
  ];
  return { name, shape: [features], model: classifier(nodes, [], features, classes) };
}

/** Gemm and Relu, at the end a softmax, as PyTorch exports it. */
function net(name: string, sizes: readonly number[]): BenchModel {
  const random = seeded(sizes.length + (sizes[0] ?? 0));
  const initializers: OnnxTensor[] = [];
  const nodes: OnnxNode[] = [];
  let from = 'x';
  sizes.slice(1).forEach((outputs, layer) => {
    const inputs = sizes[layer] ?? 0;
    const last = layer === sizes.length - 2;
    const weights = Array.from({ length: inputs * outputs }, () => (random() * 2 - 1) / Math.sqrt(inputs));
    initializers.push(build.floatTensor(`w${layer}`, [outputs, inputs], weights));
    initializers.push(
      build.floatTensor(
        `b${layer}`,
        [outputs],
        Array.from({ length: outputs }, () => random() - 0.5),
      ),
    );
    nodes.push(build.node('Gemm', [from, `w${layer}`, `b${layer}`], [`h${layer}`], { transB: 1n }));
    from = last ? 'scores' : `a${layer}`;
    nodes.push(build.node(last ? 'Softmax' : 'Relu', [`h${layer}`], [from], last ? { axis: -1n } : {}));
  });
  const [features = 0, classes = 0] = [sizes[0], sizes.at(-1)];
  nodes.push(build.node('ArgMax', ['scores'], ['label'], { axis: -1n, keepdims: 0n }));
  return { name, shape: [features], model: classifier(nodes, initializers, features, classes) };
}

/** Two convolutions over a window of one channel, the mean over time, a dense layer. */
function convolution(name: string, length: number): BenchModel {
  const random = seeded(length);
  const tensor = (id: string, dims: readonly number[]) => {
    const size = dims.reduce((product, each) => product * each, 1);
    return build.floatTensor(
      id,
      dims,
      Array.from({ length: size }, () => (random() * 2 - 1) / 4),
    );
  };
  const nodes = [
    build.node('Conv', ['x', 'w0', 'b0'], ['c0'], { kernel_shape: [5n], pads: [2n, 2n] }),
    build.node('Relu', ['c0'], ['a0']),
    build.node('MaxPool', ['a0'], ['p0'], { kernel_shape: [2n], strides: [2n] }),
    build.node('Conv', ['p0', 'w1', 'b1'], ['c1'], { kernel_shape: [5n], pads: [2n, 2n] }),
    build.node('Relu', ['c1'], ['a1']),
    build.node('GlobalAveragePool', ['a1'], ['g']),
    build.node('Flatten', ['g'], ['f']),
    build.node('Gemm', ['f', 'w2', 'b2'], ['scores']),
  ];
  const initializers = [
    ...[tensor('w0', [16, 1, 5]), tensor('b0', [16]), tensor('w1', [32, 16, 5]), tensor('b1', [32])],
    ...[tensor('w2', [32, 3]), tensor('b2', [3])],
  ];
  const graph = {
    name,
    nodes,
    initializers,
    inputs: [build.value('x', 'float32', ['rows', 1, length])],
    outputs: [build.value('scores', 'float32', ['rows', 3])],
  };
  return { name, shape: [1, length], model: build.model(graph, {}, OPSETS) };
}

function classifier(nodes: OnnxNode[], initializers: OnnxTensor[], features: number, classes: number): OnnxModel {
  const graph = {
    name: 'classifier',
    nodes,
    initializers,
    inputs: [build.value('x', 'float32', ['rows', features])],
    outputs: [build.value('label', 'int64', ['rows']), build.value('scores', 'float32', ['rows', classes])],
  };
  return build.model(graph, {}, OPSETS);
}

export const models: readonly BenchModel[] = [
  forest('trees 10×5', 10, 5, 12, 3),
  forest('forest 100×8', 100, 8, 12, 3),
  logistic('logistic 12-3', 12, 3),
  net('net 16-32-4', [16, 32, 4]),
  net('net 512-1024-1024-10', [512, 1024, 1024, 10]),
  convolution('1-D CNN, 128', 128),
];
