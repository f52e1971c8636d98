import { build, type OnnxModel, type OnnxNode, type OnnxTensor } from '../../../../../runtime/onnx-format/index.ts';
import type { Random } from './random.ts';

type Attributes = NonNullable<Parameters<typeof build.node>[3]>;

const ACTIVATIONS: Readonly<Record<string, (random: Random) => Attributes>> = {
  Relu: () => ({}),
  LeakyRelu: (random) => ({ alpha: random.next() }),
  ThresholdedRelu: (random) => ({ alpha: random.next() }),
  Elu: (random) => ({ alpha: random.next() }),
  Selu: () => ({}),
  Celu: () => ({ alpha: 1.5 }),
  Sigmoid: () => ({}),
  HardSigmoid: (random) => ({ alpha: random.next(), beta: random.next() }),
  HardSwish: () => ({}),
  Tanh: () => ({}),
  Softplus: () => ({}),
  Softsign: () => ({}),
  Erf: () => ({}),
  Neg: () => ({}),
  Abs: () => ({}),
  Floor: () => ({}),
  Ceil: () => ({}),
  Sin: () => ({}),
  Cos: () => ({}),
  Identity: () => ({}),
  Dropout: () => ({}),
};

export interface RandomNet {
  readonly model: OnnxModel;
  readonly shape: readonly number[];
  readonly type: 'float32' | 'float64';
}

/** Dense layers, activations, arithmetic and a softmax, in the ways in which exporters write them. */
export function randomNet(random: Random, only?: string): RandomNet {
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const type = random.chance(0.9) || only !== undefined ? 'float32' : 'float64';
  const constant = (dims: readonly number[], values: readonly number[]) => {
    const name = `c${initializers.length}`;
    initializers.push(
      type === 'float32' ? build.floatTensor(name, dims, values) : build.tensor(name, 'float64', dims, values),
    );
    return name;
  };
  const spread = random.chance(0.2);
  let shape = spread ? [random.int(2, 4), random.int(2, 6)] : [random.int(1, 20)];
  const input = shape;
  let last = 'x';
  const then = (op: string, inputs: readonly string[], attributes: Attributes = {}) => {
    const name = `v${nodes.length}`;
    nodes.push(build.node(op, inputs, [name], attributes));
    last = name;
  };

  const steps: Readonly<Record<string, () => void>> = {
    dense() {
      const [inputs, outputs] = [shape.at(-1) ?? 1, random.pick([1, 2, 3, 4, 5, 8, 17, 40])];
      const weights = random.normals(inputs * outputs).map((each) => each / Math.sqrt(inputs));
      const bias = random.normals(outputs);
      if (shape.length === 1 && random.chance(0.5)) {
        const turned = random.chance(0.5);
        const names = [last, constant(turned ? [outputs, inputs] : [inputs, outputs], weights)];
        const added = random.pick([
          [],
          [constant([outputs], bias)],
          [constant([1, outputs], bias)],
          [constant([], [0.25])],
        ]);
        then('Gemm', [...names, ...added], {
          transB: BigInt(turned),
          alpha: random.pick([1, 0.5]),
          beta: random.pick([1, 2]),
        });
      } else {
        then('MatMul', [last, constant([inputs, outputs], weights)]);
        if (random.chance(0.7)) {
          const name = constant(random.pick([[outputs], [1, outputs]]), bias);
          then('Add', random.chance(0.5) ? [last, name] : [name, last]);
        }
      }
      shape = [...shape.slice(0, -1), outputs];
    },
    activation() {
      const name = only ?? random.pick(Object.keys(ACTIVATIONS));
      if (type === 'float64' && !['Relu', 'Abs', 'Neg', 'Identity', 'Sigmoid', 'Tanh'].includes(name)) return;
      then(name, [last], ACTIVATIONS[name]?.(random) ?? {});
    },
    arithmetic() {
      const op = random.pick(['Add', 'Sub', 'Mul', 'Div']);
      const size = shape.at(-1) ?? 1;
      const values = random.normals(size).map((each) => (op === 'Div' ? 1 + Math.abs(each) : each));
      const name = random.chance(0.3) ? constant([1], [values[0] ?? 1]) : constant([size], values);
      then(op, op !== 'Div' && random.chance(0.5) ? [name, last] : [last, name]);
    },
    residual() {
      const before = last;
      const size = shape.at(-1) ?? 1;
      then('MatMul', [
        before,
        constant(
          [size, size],
          random.normals(size * size).map((each) => each / size),
        ),
      ]);
      then(random.pick(['Add', 'Mul', 'Sub']), [last, before]);
    },
    clip() {
      then('Clip', [last, constant([], [-0.5]), constant([], [0.75])]);
    },
    slope() {
      then('PRelu', [last, constant([shape.at(-1) ?? 1], random.normals(shape.at(-1) ?? 1))]);
    },
    normalise() {
      if (shape.length > 1 || type !== 'float32') return;
      const [size = 1] = shape;
      const [scale, bias, mean] = [0, 0, 0].map(() => constant([size], random.normals(size)));
      const variance = constant(
        [size],
        random.normals(size).map((each) => 0.5 + Math.abs(each)),
      );
      then('BatchNormalization', [last, scale ?? '', bias ?? '', mean ?? '', variance]);
    },
    softmax: () => then(random.pick(['Softmax', 'LogSoftmax']), [last], { axis: -1n }),
    flatten() {
      if (shape.length === 1) return;
      then('Flatten', [last]);
      shape = [shape.reduce((product, size) => product * size, 1)];
    },
    wider() {
      if (shape.length > 1) return;
      then('Concat', [last, last], { axis: random.pick([1n, -1n]) });
      shape = [2 * (shape[0] ?? 1)];
    },
  };
  const count = random.int(1, 7);
  for (let step = 0; step < count; step++)
    steps[random.pick(['dense', 'dense', 'activation', ...Object.keys(steps)])]?.();
  if (only !== undefined) steps['activation']?.();
  const outputs = [build.value(last, type, ['rows', ...shape])];
  if (random.chance(0.5)) {
    nodes.push(build.node('ArgMax', [last], ['label'], { axis: -1n, keepdims: random.pick([0n, 1n]) }));
    outputs.push(build.value('label', 'int64', []));
  }
  // Some models give a value from their middle, too: what computes it must not be changed by what follows.
  const middle = nodes[Math.floor(nodes.length / 2)]?.outputs[0];
  if (middle !== undefined && random.chance(0.3) && middle !== last && middle !== 'label') {
    outputs.push(build.value(middle, type, []));
  }
  if (nodes.length === 0) then('Identity', [last]);
  const named = outputs.map((each) => (each.name === 'x' ? { ...each, name: last } : each));
  const graph = {
    name: 'net',
    nodes,
    initializers,
    inputs: [build.value('x', type, ['rows', ...input])],
    outputs: named.map((each) => (each.name === last ? each : { name: each.name, ...untyped(each, type) })),
  };
  return { model: build.model(graph, {}, [{ domain: '', version: 17n }]), shape: input, type };
}

/** Of an output whose shape is left to ONNX Runtime. */
function untyped({ name }: { readonly name: string }, type: 'float32' | 'float64') {
  return { type: { tensor: { elementType: name === 'label' ? 7 : type === 'float32' ? 1 : 11 } } };
}

export const activations = Object.keys(ACTIVATIONS);
