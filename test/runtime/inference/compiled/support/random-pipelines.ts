import { build, type OnnxModel, type OnnxNode, type OnnxTensor } from '../../../../../runtime/onnx-format/index.ts';
import type { Random } from './random.ts';

const ML = 'ai.onnx.ml';
const TRANSFORMS = ['NONE', 'SOFTMAX', 'LOGISTIC', 'SOFTMAX_ZERO'];

export interface RandomPipeline {
  readonly model: OnnxModel;
  readonly features: number;
}

/** Preparation and a linear model, as scikit-learn's pipelines are exported. */
export function randomPipeline(random: Random): RandomPipeline {
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const features = random.int(1, 10);
  let width = features;
  let last = 'x';
  const then = (
    op: string,
    attributes: NonNullable<Parameters<typeof build.node>[3]>,
    inputs = [last],
    domain = ML,
  ) => {
    last = `v${nodes.length}`;
    nodes.push(build.node(op, inputs, [last], attributes, domain));
  };
  const steps: Readonly<Record<string, () => void>> = {
    Scaler() {
      const count = random.pick([1, width]);
      then('Scaler', { offset: random.normals(count), scale: random.normals(count) });
    },
    Normalizer: () => then('Normalizer', { norm: random.pick(['MAX', 'L1', 'L2']) }),
    Imputer() {
      const replaced = random.pick([NaN, 0]);
      then('Imputer', {
        imputed_value_floats: random.normals(random.pick([1, width])),
        replaced_value_float: replaced,
      });
    },
    Binarizer: () => then('Binarizer', { threshold: random.normal() }),
    FeatureVectorizer() {
      then('FeatureVectorizer', { inputdimensions: [BigInt(width), BigInt(width)] }, [last, last]);
      width *= 2;
    },
    ArrayFeatureExtractor() {
      const picked = Array.from({ length: random.int(1, width) }, () => random.int(0, width - 1));
      initializers.push(build.tensor(`i${nodes.length}`, 'int64', [picked.length], picked));
      then('ArrayFeatureExtractor', {}, [last, `i${nodes.length}`]);
      width = picked.length;
    },
    Gather() {
      const picked = Array.from({ length: random.int(1, width) }, () => random.int(-width, width - 1));
      initializers.push(build.tensor(`i${nodes.length}`, 'int64', [picked.length], picked));
      then('Gather', { axis: 1n }, [last, `i${nodes.length}`], '');
      width = picked.length;
    },
  };
  if (random.chance(0.5)) steps['Imputer']?.();
  const count = random.int(0, 3);
  for (let step = 0; step < count; step++) steps[random.pick(Object.keys(steps))]?.();
  const outputs = random.pick([regressor, classifier, classifier, lookUp])(random, nodes, initializers, last, width);
  const inputs = [build.value('x', 'float32', ['rows', features])];
  const opsets = [
    { domain: '', version: 17n },
    { domain: ML, version: 3n },
  ];
  return { model: build.model({ name: 'pipeline', nodes, initializers, inputs, outputs }, {}, opsets), features };
}

type End = (
  random: Random,
  nodes: OnnxNode[],
  initializers: OnnxTensor[],
  last: string,
  width: number,
) => ReturnType<typeof build.value>[];

const regressor: End = (random, nodes, _, last, width) => {
  const targets = random.int(1, 3);
  const attributes = {
    targets: BigInt(targets),
    coefficients: random.normals(targets * width),
    ...(random.chance(0.7) ? { intercepts: random.normals(targets) } : {}),
    post_transform: random.pick(TRANSFORMS),
  };
  nodes.push(build.node('LinearRegressor', [last], ['y'], attributes, ML));
  return [build.value('y', 'float32', ['rows', targets])];
};

const classifier: End = (random, nodes, _, last, width) => {
  const classes = random.int(2, 4);
  const targets = classes === 2 && random.chance(0.5) ? 1 : classes;
  const texts = random.chance(0.5);
  const labels = texts
    ? { classlabels_strings: Array.from({ length: classes }, (_, n) => `class ${n}`) }
    : { classlabels_ints: Array.from({ length: classes }, (_, n) => BigInt(7 * n + 3)) };
  const attributes = {
    coefficients: random.normals(targets * width),
    intercepts: random.normals(targets),
    ...labels,
    post_transform: random.pick(TRANSFORMS),
  };
  nodes.push(build.node('LinearClassifier', [last], ['label', 'scores'], attributes, ML));
  return [
    build.value('label', texts ? 'string' : 'int64', ['rows']),
    build.value('scores', 'float32', ['rows', classes]),
  ];
};

/** The labels by ArgMax, looked up in a list: how scikit-learn's nets are exported. */
const lookUp: End = (random, nodes, initializers, last, width) => {
  const texts = random.chance(0.5);
  const labels = Array.from({ length: width }, (_, n) => (texts ? `class ${n}` : 5 * n + 2));
  const type = texts ? 'string' : 'int64';
  initializers.push(build.tensor('classes', type, [width], labels));
  initializers.push(build.tensor('shape', 'int64', [1], [-1]));
  nodes.push(
    build.node('Softmax', [last], ['scores'], { axis: -1n }),
    build.node('ArgMax', ['scores'], ['best'], { axis: 1n, keepdims: random.pick([0n, 1n]) }),
    build.node('ArrayFeatureExtractor', ['classes', 'best'], ['found'], {}, ML),
    build.node('Reshape', ['found', 'shape'], ['label']),
  );
  return [build.value('label', type, ['rows']), build.value('scores', 'float32', ['rows', width])];
};
