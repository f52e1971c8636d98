import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { compile, NotCompilable } from '../../../../runtime/inference/compiled/index.ts';
import { build, readOnnx } from '../../../../runtime/onnx-format/index.ts';
import { softmaxOnnx, softmaxScores } from '../tiny-model.ts';

const floats = (values: readonly number[], dims: readonly number[]) => ({
  type: 'float32',
  dims,
  data: Float32Array.from(values),
});

describe('a compiled model', () => {
  it('gives the scores and labels of the formula, for one row and for many', () => {
    const model = compile(readOnnx(softmaxOnnx()));
    for (const rows of [1, 2, 200]) {
      const values = Array.from({ length: rows * 3 }, (_, i) => Math.sin(i * 1.3) * 2);
      const { scores, label } = model.run({ features: floats(values, [rows, 3]) });
      expect(scores?.dims).toEqual([rows, 2]);
      expect(label?.dims).toEqual([rows]);
      for (let row = 0; row < rows; row++) {
        const [well, worn] = softmaxScores(values.slice(row * 3, row * 3 + 3));
        expect(scores?.data[row * 2]).toBeCloseTo(well, 5);
        expect(scores?.data[row * 2 + 1]).toBeCloseTo(worn, 5);
        expect(label?.data[row]).toBe(well > worn ? 0n : 1n);
      }
    }
  });

  it('gives arrays that a later run leaves alone', () => {
    const model = compile(readOnnx(softmaxOnnx()));
    const first = model.run({ features: floats([1, 2, 3], [1, 3]) });
    const before = structuredClone(first['scores']);
    model.run({ features: floats([-3, 5, 1], [1, 3]) });
    expect(first['scores']).toEqual(before);
  });

  it('says what it is', () => {
    expect(compile(readOnnx(softmaxOnnx())).words).toBe('dense 3-2');
  });

  it('refuses a missing input, another type and another shape, in words', () => {
    const model = compile(readOnnx(softmaxOnnx()));
    expect(() => model.run({})).toThrow('the input "features" is missing');
    expect(() => model.run({ features: floats([1, 2], [1, 2]) })).toThrow('takes the shape [rows, 3], not [1, 2]');
    const doubles = { type: 'float64', dims: [1, 3], data: new Float64Array(3) };
    expect(() => model.run({ features: doubles })).toThrow('takes float32, not float64');
  });

  it('refuses a model with an operator that it does not know, with the reason', () => {
    const model = build.model({
      name: 'wave',
      nodes: [build.node('Conv', ['x', 'w'], ['y'])],
      initializers: [build.floatTensor('w', [1, 1, 1], [1])],
      inputs: [build.value('x', 'float32', ['rows', 1, 8])],
      outputs: [build.value('y', 'float32', ['rows', 1, 8])],
    });
    expect(() => compile(model)).toThrow(NotCompilable);
    expect(() => compile(model)).toThrow('no compiled form of Conv');
  });

  it('takes the model that ships with the pump flow', async () => {
    const file = new URL('../../../../flows/pump/models/pump-health/model.onnx', import.meta.url);
    const model = compile(readOnnx(await readFile(file)));
    expect(model.words).toBe('dense 22-3');
    expect(model.run({ features: floats(new Array<number>(22).fill(0), [1, 22]) })['label']?.type).toBe('int64');
  });
});
