/** Models in the shapes that exporters write, small enough to be reckoned by hand. */
import {
  build,
  type OnnxModel,
  type OnnxNode,
  type ValueInfo,
  writeOnnx,
} from '../../../../runtime/onnx-format/index.ts';

const ML = 'ai.onnx.ml';
const OPSETS = [
  { domain: '', version: 17n },
  { domain: ML, version: 3n },
];

type Graph = Parameters<typeof build.model>[0];

const model = (
  graph: Omit<Graph, 'name' | 'initializers'> & Partial<Pick<Graph, 'initializers'>>,
  metadata: Readonly<Record<string, string>> = {},
): OnnxModel => build.model({ name: 'sample', initializers: [], ...graph }, metadata, OPSETS);

/** As skl2onnx declares what ZipMap makes: a list of maps from label to score. */
const zipped = (name: string, keyType: 7 | 8): ValueInfo => ({
  name,
  type: { sequence: { element: { map: { keyType, value: { tensor: { elementType: 1 } } } } } },
});

/** One tree of three labels: feature 0 ≤ 1.5 → the first, else the second. */
const stump = (labels: readonly string[] | readonly bigint[]): OnnxNode =>
  build.node(
    'TreeEnsembleClassifier',
    ['X'],
    ['label', 'probabilities'],
    {
      nodes_treeids: [0n, 0n, 0n],
      nodes_nodeids: [0n, 1n, 2n],
      nodes_featureids: [0n, 0n, 0n],
      nodes_values: [1.5, 0, 0],
      nodes_modes: ['BRANCH_LEQ', 'LEAF', 'LEAF'],
      nodes_truenodeids: [1n, 0n, 0n],
      nodes_falsenodeids: [2n, 0n, 0n],
      class_treeids: [0n, 0n, 0n, 0n, 0n],
      class_nodeids: [1n, 1n, 2n, 2n, 2n],
      class_ids: [0n, 1n, 0n, 1n, 2n],
      class_weights: [0.75, 0.25, 0.125, 0.75, 0.125],
      post_transform: 'NONE',
      ...(typeof labels[0] === 'bigint'
        ? { classlabels_int64s: labels as readonly bigint[] }
        : { classlabels_strings: labels as readonly string[] }),
    },
    ML,
  );

export function forestWithZipMap(labels: readonly string[] | readonly bigint[]): OnnxModel {
  const texts = typeof labels[0] === 'string';
  const zip = texts ? { classlabels_strings: labels } : { classlabels_int64s: labels };
  return model({
    nodes: [stump(labels), build.node('ZipMap', ['probabilities'], ['output_probability'], zip, ML)],
    inputs: [build.value('X', 'float32', ['rows', 3])],
    outputs: [build.value('label', texts ? 'string' : 'int64', ['rows']), zipped('output_probability', texts ? 8 : 7)],
  });
}

/** Scaler, then logistic regression, as a scikit-learn pipeline. */
export function scaledLogistic(): OnnxModel {
  return model({
    nodes: [
      build.node('Scaler', ['X'], ['scaled'], { offset: [10, 200], scale: [0.5, 0.01] }, ML),
      build.node(
        'LinearClassifier',
        ['scaled'],
        ['label', 'raw'],
        {
          coefficients: [-1, -1, 1, 1],
          intercepts: [0, 0],
          classlabels_strings: ['cold', 'hot'],
          multi_class: 0n,
          post_transform: 'LOGISTIC',
        },
        ML,
      ),
      build.node('Normalizer', ['raw'], ['probabilities'], { norm: 'L1' }, ML),
      build.node('ZipMap', ['probabilities'], ['output_probability'], { classlabels_strings: ['cold', 'hot'] }, ML),
    ],
    inputs: [build.value('X', 'float32', ['rows', 2])],
    outputs: [build.value('label', 'string', ['rows']), zipped('output_probability', 8)],
  });
}

/** 2 a + 3 b + 1. */
export function regressor(metadata: Readonly<Record<string, string>> = {}): OnnxModel {
  return model(
    {
      nodes: [
        build.node('LinearRegressor', ['X'], ['variable'], { coefficients: [2, 3], intercepts: [1], targets: 1n }, ML),
      ],
      inputs: [build.value('X', 'float32', ['rows', 2])],
      outputs: [build.value('variable', 'float32', ['rows', 1])],
    },
    metadata,
  );
}

/** sigmoid(a − b): how likely the second label is. */
export function binaryNet(metadata: Readonly<Record<string, string>> = {}): OnnxModel {
  return model(
    {
      nodes: [build.node('Gemm', ['x', 'W', 'b'], ['h']), build.node('Sigmoid', ['h'], ['p'])],
      initializers: [build.floatTensor('W', [2, 1], [1, -1]), build.floatTensor('b', [1], [0])],
      // Old exporters list constants among the inputs.
      inputs: [
        build.value('x', 'float32', ['batch', 2]),
        build.value('W', 'float32', [2, 1]),
        build.value('b', 'float32', [1]),
      ],
      outputs: [build.value('p', 'float32', ['batch', 1])],
    },
    metadata,
  );
}

/** A convolution over 16 samples of 2 channels; the mean of each of 3 filters, then softmax. */
export function convolution(metadata: Readonly<Record<string, string>> = {}): OnnxModel {
  const weights = Float32Array.from({ length: 3 * 2 * 3 }, (_, i) => Math.cos(i));
  return model(
    {
      nodes: [
        build.node('Conv', ['signal', 'K', 'c'], ['f'], { kernel_shape: [3n] }),
        build.node('Relu', ['f'], ['r']),
        build.node('GlobalAveragePool', ['r'], ['g']),
        build.node('Flatten', ['g'], ['logits']),
        build.node('Softmax', ['logits'], ['scores'], { axis: -1n }),
      ],
      initializers: [build.floatTensor('K', [3, 2, 3], weights), build.floatTensor('c', [3], [0, 0.5, -0.5])],
      inputs: [build.value('signal', 'float32', ['batch', 2, 16])],
      outputs: [build.value('scores', 'float32', ['batch', 3])],
    },
    metadata,
  );
}

/** One column an input, as skl2onnx writes data frames: a · 10 + b. */
export function columns(): OnnxModel {
  return model({
    nodes: [build.node('Mul', ['temperature', 'ten'], ['t']), build.node('Add', ['t', 'pressure'], ['estimate'])],
    initializers: [build.floatTensor('ten', [1], [10])],
    inputs: [build.value('temperature', 'float32', ['rows', 1]), build.value('pressure', 'float32', ['rows', 1])],
    outputs: [build.value('estimate', 'float32', ['rows', 1])],
  });
}

/** The sum and the difference of two numbers. */
export function twoOutputs(): OnnxModel {
  return model({
    nodes: [build.node('MatMul', ['x', 'S'], ['sum']), build.node('MatMul', ['x', 'D'], ['difference'])],
    initializers: [build.floatTensor('S', [2, 1], [1, 1]), build.floatTensor('D', [2, 1], [1, -1])],
    inputs: [build.value('x', 'float32', ['rows', 2])],
    outputs: [build.value('sum', 'float32', ['rows', 1]), build.value('difference', 'float32', ['rows', 1])],
  });
}

/** A colour to a number by a table. */
export function fromText(): OnnxModel {
  return model({
    nodes: [
      build.node(
        'LabelEncoder',
        ['colour'],
        ['warmth'],
        { keys_strings: ['red', 'blue'], values_floats: [1, -1], default_float: 0 },
        ML,
      ),
    ],
    inputs: [build.value('colour', 'string', ['rows', 1])],
    outputs: [build.value('warmth', 'float32', ['rows', 1])],
  });
}

/** Doubles the sum of three 16-bit floats. */
export function halves(): OnnxModel {
  const bits = (values: readonly number[]) => Uint8Array.from(values.flatMap((half) => [half & 255, half >> 8]));
  const weights = { ...build.floatTensor('W', [3, 1], []), type: 10, raw: bits([0x4000, 0x4000, 0x4000]) };
  return model({
    nodes: [build.node('MatMul', ['x', 'W'], ['y'])],
    initializers: [weights],
    inputs: [build.value('x', 'float16', ['rows', 3])],
    outputs: [build.value('y', 'float16', ['rows', 1])],
  });
}

/** Three values that nothing squashes. */
export function logits(metadata: Readonly<Record<string, string>> = {}): OnnxModel {
  return model(
    {
      nodes: [build.node('MatMul', ['x', 'W'], ['y'])],
      initializers: [build.floatTensor('W', [2, 3], [1, 0, 2, 0, 1, -1])],
      inputs: [build.value('x', 'float32', ['rows', 2])],
      outputs: [build.value('y', 'float32', ['rows', 3])],
    },
    metadata,
  );
}

/** A label of -1 or 1 and a score, as scikit-learn's detectors have it: anomalous where a + b is above 1. */
export function detector(): OnnxModel {
  return model({
    nodes: [
      build.node('MatMul', ['X', 'W'], ['sum']),
      build.node('Sub', ['one', 'sum'], ['scores']),
      build.node('Sign', ['scores'], ['sign']),
      build.node('Cast', ['sign'], ['label'], { to: 7n }),
    ],
    initializers: [build.floatTensor('W', [2, 1], [1, 1]), build.floatTensor('one', [1], [1])],
    inputs: [build.value('X', 'float32', ['rows', 2])],
    outputs: [build.value('label', 'int64', ['rows', 1]), build.value('scores', 'float32', ['rows', 1])],
  });
}

/** The mean of a picture's red and of its green, as scores. */
export function picture(metadata: Readonly<Record<string, string>> = {}): OnnxModel {
  return model(
    {
      nodes: [
        build.node('GlobalAveragePool', ['images'], ['g']),
        build.node('Flatten', ['g'], ['y']),
        build.node('Softmax', ['y'], ['output0'], { axis: -1n }),
      ],
      inputs: [build.value('images', 'float32', [1, 3, 8, 8])],
      outputs: [build.value('output0', 'float32', [1, 3])],
    },
    metadata,
  );
}

export const bytesOf = (of: OnnxModel): Uint8Array => writeOnnx(of);
