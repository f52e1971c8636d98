import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../runtime/inference/compiled/index.ts';
import { build, readOnnx, writeOnnx } from '../../../../runtime/onnx-format/index.ts';
import { BIAS, softmaxOnnx, WEIGHTS } from '../tiny-model.ts';
import { randomTrees } from './support/random-trees.ts';
import { seeded } from './support/random.ts';

const ML = 'ai.onnx.ml';
const OPSETS = [
  { domain: '', version: 17n },
  { domain: ML, version: 3n },
];
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);

describe('an explanation', () => {
  it('of a softmax of a linear model is weight times value, and the bias', () => {
    const { explain } = compile(readOnnx(softmaxOnnx()));
    const row = [2, -1, 0.5];
    for (const column of [0, 1]) {
      const explained = explain?.(Float32Array.from(row), column);
      expect(explained?.method).toBe('exact');
      expect(explained?.base).toBeCloseTo(BIAS[column] ?? NaN, 10);
      row.forEach((value, feature) => {
        expect(explained?.contributions[feature]).toBeCloseTo(value * (WEIGHTS[2 * feature + column] ?? 0), 10);
      });
    }
  });

  it('of a scaled linear classifier adds up to the log of the odds', async () => {
    const file = new URL('../../../../flows/pump/models/pump-health/model.onnx', import.meta.url);
    const model = compile(readOnnx(await readFile(file)));
    const row = Float32Array.from({ length: 22 }, (_, feature) => 0.1 * Math.sin(feature));
    const { probabilities } = model.run({ features: { type: 'float32', dims: [1, 22], data: row } });
    const logits = [0, 1, 2].map((column) => {
      const { base, contributions } = model.explain?.(row, column) ?? { base: NaN, contributions: [] };
      return base + sum(contributions);
    });
    const exponents = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
    exponents.forEach((each, column) => {
      expect(each / sum(exponents)).toBeCloseTo(Number(probabilities?.data[column]), 4);
    });
  });

  it('of trees adds up to the score, each feature by the branches that ask for it', () => {
    let explained = 0;
    for (let seed = 0; seed < 100; seed++) {
      const random = seeded(seed);
      const trees = randomTrees(random, 'regressor');
      const model = compile(readOnnx(writeOnnx(trees.model)));
      const attributes = trees.model.graph.nodes[0]?.attributes ?? [];
      const raw = attributes.some(({ name, s }) => name === 'post_transform' && new TextDecoder().decode(s) === 'NONE');
      if (!model.explain || !raw || trees.type !== 'float32') continue;
      const row = Float32Array.from(random.normals(trees.features));
      const { y } = model.run({ x: { type: 'float32', dims: [1, trees.features], data: row } });
      Array.from(y?.data ?? [], Number).forEach((score, column) => {
        const explanation = model.explain?.(row, column);
        // A target that no leaf gave anything is 0 without its base value.
        if (score === 0) return;
        expect((explanation?.base ?? NaN) + sum(explanation?.contributions ?? [])).toBeCloseTo(score, 4);
        expect(explanation?.method).toBe('path');
        explained++;
      });
    }
    expect(explained).toBeGreaterThan(10);
  });

  it('weighs leaves by the examples that reached them, where the model says so', () => {
    const tree = (hits: readonly number[]) => {
      const attributes = {
        nodes_treeids: [0n, 0n, 0n],
        nodes_nodeids: [0n, 1n, 2n],
        nodes_featureids: [1n, 0n, 0n],
        nodes_modes: ['BRANCH_LEQ', 'LEAF', 'LEAF'],
        nodes_values: [0.5, 0, 0],
        nodes_truenodeids: [1n, 0n, 0n],
        nodes_falsenodeids: [2n, 0n, 0n],
        nodes_hitrates: hits,
        target_treeids: [0n, 0n],
        target_nodeids: [1n, 2n],
        target_ids: [0n, 0n],
        target_weights: [10, 20],
        n_targets: 1n,
      };
      const graph = {
        name: 'stump',
        nodes: [build.node('TreeEnsembleRegressor', ['x'], ['y'], attributes, ML)],
        initializers: [],
        inputs: [build.value('x', 'float32', ['rows', 2])],
        outputs: [build.value('y', 'float32', ['rows', 1])],
      };
      return compile(build.model(graph, {}, OPSETS)).explain?.(Float32Array.from([7, 0]), 0);
    };
    expect(tree([4, 3, 1])).toEqual({ base: 12.5, contributions: Float64Array.from([0, -2.5]), method: 'path' });
    expect(tree([])).toEqual({ base: 15, contributions: Float64Array.from([0, -5]), method: 'path' });
  });

  it('is not there for a net with a hidden layer', () => {
    const graph = {
      name: 'net',
      nodes: [
        build.node('MatMul', ['x', 'w'], ['h']),
        build.node('Relu', ['h'], ['a']),
        build.node('MatMul', ['a', 'w'], ['y']),
      ],
      initializers: [build.floatTensor('w', [2, 2], [1, 2, 3, 4])],
      inputs: [build.value('x', 'float32', ['rows', 2])],
      outputs: [build.value('y', 'float32', ['rows', 2])],
    };
    expect(compile(build.model(graph)).explain).toBeUndefined();
  });
});
