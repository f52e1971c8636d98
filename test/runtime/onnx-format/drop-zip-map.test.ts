import { describe, expect, it } from 'vitest';
import { createSession } from '../../../runtime/inference/tiers/onnx-runtime.ts';
import { build, dropZipMap, type OnnxModel, tensorShape, writeOnnx } from '../../../runtime/onnx-format/index.ts';

const { node, value } = build;

/** As skl2onnx writes a classifier of three labels over two features. */
function classifier(labels: readonly string[] | readonly bigint[]): OnnxModel {
  const named = typeof labels[0] === 'bigint' ? 'classlabels_int64s' : 'classlabels_strings';
  const label = typeof labels[0] === 'bigint' ? 'int64' : 'string';
  const attributes = { coefficients: [1, 0, 0, 1, -1, -1], intercepts: [0, 0, 0], post_transform: 'SOFTMAX' };
  const classify = typeof labels[0] === 'bigint' ? 'classlabels_ints' : 'classlabels_strings';
  const maps = {
    name: 'output_probability',
    type: {
      sequence: { element: { map: { keyType: label === 'int64' ? 7 : 8, value: { tensor: { elementType: 1 } } } } },
    },
  };
  return build.model(
    {
      name: 'classifier',
      nodes: [
        node(
          'LinearClassifier',
          ['x'],
          ['output_label', 'probabilities'],
          { ...attributes, [classify]: labels },
          'ai.onnx.ml',
        ),
        node('ZipMap', ['probabilities'], ['output_probability'], { [named]: labels }, 'ai.onnx.ml'),
      ],
      initializers: [],
      inputs: [value('x', 'float32', ['rows', 2])],
      outputs: [value('output_label', label, ['rows']), maps],
    },
    {},
    [
      { domain: '', version: 15n },
      { domain: 'ai.onnx.ml', version: 1n },
    ],
  );
}

describe('a classifier as scikit-learn exports it', () => {
  it.each([
    ['texts', ['idle', 'normal', 'worn']],
    ['integers', [0n, 1n, 5n]],
  ] as const)('gives its scores as a tensor, and its labels: %s', async (_, labels) => {
    const given = dropZipMap(classifier(labels));
    expect(given.labels).toEqual(labels);
    expect(given.model.graph.nodes.map(({ op }) => op)).toEqual(['LinearClassifier']);
    const session = await createSession(await import('onnxruntime-node'), writeOnnx(given.model));
    const x = { type: 'float32', dims: [2, 2], data: Float32Array.of(3, 0, 0, 3) };
    const answers = await session.run({ x });
    await session.release();
    expect(answers['probabilities']?.dims).toEqual([2, 3]);
    expect(Object.values(answers['output_label']?.data ?? {})).toEqual([labels[0], labels[1]]);
  });

  it('has scores of one column a label, and as many rows as come', () => {
    const { model } = dropZipMap(classifier(['a', 'b', 'c']));
    const [, scores] = model.graph.outputs;
    expect(scores && tensorShape(scores)).toEqual({ type: 'float32', shape: [null, 3] });
  });

  it('keeps the scores once where they were an output already', () => {
    const twice = classifier(['a', 'b', 'c']);
    const outputs = [...twice.graph.outputs, value('probabilities', 'float32', ['rows', 3])];
    const { model } = dropZipMap({ ...twice, graph: { ...twice.graph, outputs } });
    expect(model.graph.outputs.map(({ name }) => name)).toEqual(['output_label', 'probabilities']);
  });
});

describe('a model that stays as it is', () => {
  it('has no ZipMap', () => {
    const { model } = dropZipMap(classifier(['a', 'b', 'c']));
    expect(dropZipMap(model)).toEqual({ model });
  });

  it('reads the maps itself', () => {
    const { graph, ...rest } = classifier(['a', 'b', 'c']);
    const reads = node('SequenceAt', ['output_probability', 'zero'], ['first']);
    const model = { ...rest, graph: { ...graph, nodes: [...graph.nodes, reads] } };
    expect(dropZipMap(model)).toEqual({ model });
  });
});
