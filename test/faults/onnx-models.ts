/** Models of different make, for whoever breaks them. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, type OnnxGraph, writeOnnx } from '../../runtime/onnx-format/index.ts';

const { attribute, floatTensor, model, node, tensor, value } = build;
const root = resolve(import.meta.dirname, '../..');

const ML = [
  { domain: '', version: 17n },
  { domain: 'ai.onnx.ml', version: 3n },
];

const trees = model(
  {
    name: 'trees',
    nodes: [
      node(
        'TreeEnsembleRegressor',
        ['x'],
        ['y'],
        {
          nodes_treeids: [0n, 0n, 0n, 0n, 0n, 1n, 1n, 1n],
          nodes_nodeids: [0n, 1n, 2n, 3n, 4n, 0n, 1n, 2n],
          nodes_featureids: [0n, 1n, 0n, 0n, 0n, 2n, 0n, 0n],
          nodes_modes: ['BRANCH_LEQ', 'BRANCH_LEQ', 'LEAF', 'LEAF', 'LEAF', 'BRANCH_LEQ', 'LEAF', 'LEAF'],
          nodes_values: [0.5, -1, 0, 0, 0, 2, 0, 0],
          nodes_truenodeids: [1n, 3n, 0n, 0n, 0n, 1n, 0n, 0n],
          nodes_falsenodeids: [2n, 4n, 0n, 0n, 0n, 2n, 0n, 0n],
          target_treeids: [0n, 0n, 0n, 1n, 1n],
          target_nodeids: [2n, 3n, 4n, 1n, 2n],
          target_ids: [0n, 0n, 0n, 0n, 0n],
          target_weights: [1, 2, 3, 4, 5],
          n_targets: 1n,
        },
        'ai.onnx.ml',
      ),
    ],
    initializers: [],
    inputs: [value('x', 'float32', ['rows', 3])],
    outputs: [value('y', 'float32', ['rows', 1])],
  },
  { author: 'nobody' },
  ML,
);

const maps = {
  name: 'maps',
  type: { sequence: { element: { map: { keyType: 8, value: { tensor: { elementType: 1 } } } } } },
};
const zipMap = model(
  {
    name: 'classifier',
    nodes: [
      node(
        'LinearClassifier',
        ['x'],
        ['label', 'p'],
        {
          coefficients: [1, 0, 0, 1],
          intercepts: [0, 0],
          classlabels_strings: ['good', 'bad'],
          post_transform: 'SOFTMAX',
        },
        'ai.onnx.ml',
      ),
      node('ZipMap', ['p'], ['maps'], { classlabels_strings: ['good', 'bad'] }, 'ai.onnx.ml'),
    ],
    initializers: [],
    inputs: [value('x', 'float32', ['rows', 2])],
    outputs: [value('label', 'string', ['rows']), maps],
  },
  {},
  ML,
);

const texts = model(
  {
    name: 'texts',
    nodes: [
      node(
        'LabelEncoder',
        ['text'],
        ['id'],
        { keys_strings: ['on', 'off'], values_int64s: [1n, 0n], default_int64: -1n },
        'ai.onnx.ml',
      ),
      node('Cast', ['id'], ['y'], { to: 1n }),
    ],
    initializers: [tensor('unused', 'string', [2], ['a', 'ä'])],
    inputs: [value('text', 'string', ['rows'])],
    outputs: [value('y', 'float32', ['rows'])],
  },
  {},
  ML,
);

const part = (name: string, nodes: OnnxGraph['nodes'], inputs: OnnxGraph['inputs'], outputs: OnnxGraph['outputs']) => ({
  ...{ name, nodes, inputs, outputs, initializers: [], values: [], description: '' },
});
const graphAttribute = (name: string, g: OnnxGraph) => ({ ...attribute(name, 0n), type: 5, g });
const branch = (op: string) => part(op, [node(op, ['x'], [`${op}_y`])], [], [value(`${op}_y`, 'float32', [2])]);
const body = part(
  'body',
  [node('Identity', ['go'], ['goes']), node('Add', ['state', 'step'], ['sum'])],
  [value('turn', 'int64', []), value('go', 'bool', []), value('state', 'float32', [2])],
  [value('goes', 'bool', []), value('sum', 'float32', [2])],
);
const branches = model({
  name: 'branches',
  nodes: [
    {
      ...node('If', ['flag'], ['z']),
      attributes: [graphAttribute('then_branch', branch('Relu')), graphAttribute('else_branch', branch('Neg'))],
    },
    { ...node('Loop', ['turns', '', 'z'], ['y']), attributes: [graphAttribute('body', body)] },
  ],
  initializers: [tensor('turns', 'int64', [], [3]), floatTensor('step', [2], [1, 2])],
  inputs: [value('flag', 'bool', []), value('x', 'float32', [2])],
  outputs: [value('y', 'float32', [2])],
});

const outside = {
  ...floatTensor('w', [2, 2], []),
  dataLocation: 1,
  external: [
    { key: 'location', value: 'weights.bin' },
    { key: 'offset', value: '4' },
    { key: 'length', value: '16' },
  ],
};
const external = model({
  name: 'external',
  nodes: [node('MatMul', ['x', 'w'], ['y'])],
  initializers: [outside],
  inputs: [value('x', 'float32', ['rows', 2])],
  outputs: [value('y', 'float32', ['rows', 2])],
});

/** By name: the bytes of each. */
export const MODELS: Readonly<Record<string, Uint8Array>> = {
  'pump-health': readFileSync(join(root, 'flows/pump/models/pump-health/model.onnx')),
  trees: writeOnnx(trees),
  'zip-map': writeOnnx(zipMap),
  texts: writeOnnx(texts),
  branches: writeOnnx(branches),
  external: writeOnnx(external),
};

/** The files that go with `external`. */
export const FILES: ReadonlyMap<string, Uint8Array> = new Map([['weights.bin', new Uint8Array(20)]]);
