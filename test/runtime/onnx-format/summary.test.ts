import { describe, expect, it } from 'vitest';
import { build, summary } from '../../../runtime/onnx-format/index.ts';

const { floatTensor, model, node, tensor, value } = build;

describe('the summary of a model', () => {
  it('says who wrote it, what it takes and gives, and what it is made of', () => {
    const branch = {
      ...model({ name: 'b', nodes: [node('Relu', ['h'], ['r'])], initializers: [], inputs: [], outputs: [] }).graph,
    };
    const choose = {
      ...node('If', ['flag'], ['y']),
      attributes: [{ ...build.attribute('then_branch', 0n), type: 5, g: branch }],
    };
    const given = model(
      {
        name: 'net',
        nodes: [
          node('Scaler', ['x'], ['s'], { offset: [1, 2, 3], scale: [1, 1, 1] }, 'ai.onnx.ml'),
          node('Gemm', ['s', 'w'], ['h']),
          choose,
        ],
        initializers: [floatTensor('w', [3, 2], new Array(6).fill(0)), tensor('flag', 'bool', [], [1])],
        inputs: [value('x', 'float32', ['rows', 3]), value('w', 'float32', [3, 2])],
        outputs: [value('y', 'float32', [-1, 2]), { name: 'maps', type: { sequence: {} } }, { name: 'open' }],
      },
      { labels: 'a,b' },
      [
        { domain: '', version: 17n },
        { domain: 'ai.onnx.ml', version: 3n },
      ],
    );
    expect(summary({ ...given, producerName: 'skl2onnx', producerVersion: '1.17', description: 'a net' })).toEqual({
      producer: 'skl2onnx 1.17',
      opsets: 'ai.onnx 17, ai.onnx.ml 3',
      description: 'a net',
      metadata: { labels: 'a,b' },
      inputs: [{ name: 'x', kind: 'tensor', type: 'float32', shape: ['rows', 3] }],
      outputs: [
        { name: 'y', kind: 'tensor', type: 'float32', shape: [null, 2] },
        { name: 'maps', kind: 'sequence', type: 'sequence' },
        { name: 'open', kind: 'tensor', type: 'undefined' },
      ],
      parameters: 6 + 1 + 6,
      operators: { 'ai.onnx.ml.Scaler': 1, Gemm: 1, If: 1, Relu: 1 },
    });
  });
});
