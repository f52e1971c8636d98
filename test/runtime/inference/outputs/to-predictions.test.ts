import { describe, expect, it } from 'vitest';
import { toHalf } from '../../../../runtime/inference/half.ts';
import { toPredictions } from '../../../../runtime/inference/outputs/to-predictions.ts';
import { toTensors } from '../../../../runtime/inference/outputs/to-tensors.ts';
import type { PlainTensor, TensorValues } from '../../../../runtime/inference/tiers/tier.ts';
import type { Manifest, ModelOutput } from '../../../../runtime/models/package/index.ts';

function manifest(task: Manifest['task'], outputs: Partial<ModelOutput>[], change: Partial<Manifest> = {}): Manifest {
  const full = outputs.map((output, i): ModelOutput => {
    return { name: `y${i}`, type: 'float32', shape: [null], role: 'other', ...output };
  });
  return {
    ...{ format: 1, name: 'm', version: '1', task, files: {}, vectors: [] },
    ...{ inputs: [{ name: 'x', type: 'float32', shape: [null, 1] }] },
    outputs: full,
    ...change,
  };
}

const floats = (dims: number[], ...data: number[]): PlainTensor => ({
  type: 'float32',
  dims,
  data: new Float32Array(data),
});
const longs = (...data: number[]): PlainTensor => ({
  type: 'int64',
  dims: [data.length],
  data: BigInt64Array.from(data, BigInt),
});
const of = (type: string, dims: number[], data: TensorValues): PlainTensor => ({ type, dims, data });

describe('a classification', () => {
  const label = { name: 'label', type: 'int64', role: 'label' as const };
  const scores = { name: 'scores', role: 'scores' as const };
  const classes = (outputs: Partial<ModelOutput>[], labels: string[] | undefined = ['a', 'b']) =>
    manifest('classification', outputs, labels && { labels });

  it('has a label, its confidence and a score a label, for each row', () => {
    const answers = { label: longs(1, 0), scores: floats([2, 2], 0.25, 0.75, 0.5, 0.5) };
    expect(toPredictions(classes([label, scores]), answers, 2)).toEqual([
      { label: 'b', confidence: 0.75, scores: { a: 0.25, b: 0.75 } },
      { label: 'a', confidence: 0.5, scores: { a: 0.5, b: 0.5 } },
    ]);
    expect(toPredictions(classes([scores]), { scores: floats([1, 2], 0.25, 0.75) }, 1)).toMatchObject([{ label: 'b' }]);
    // The model knows better than its scores say.
    expect(
      toPredictions(classes([label, scores]), { label: longs(0), scores: floats([1, 2], 0.25, 0.75) }, 1),
    ).toMatchObject([{ label: 'a', confidence: 0.25 }]);
    expect(toPredictions(classes([scores]), { scores: floats([2], 0.25, 0.75) }, 1)).toMatchObject([{ label: 'b' }]);
  });

  it('takes the class of a whole number by its value, or else by its place', () => {
    const answer = (labels: string[], value: number) =>
      toPredictions(classes([label], labels), { label: longs(value) }, 1)[0];
    expect(answer(['1', '0'], 0)).toMatchObject({ label: '0' });
    expect(answer(['-1', '5'], -1)).toMatchObject({ label: '-1' });
    expect(answer(['well', 'worn'], 1)).toMatchObject({ label: 'worn' });
    expect(() => answer(['well', 'worn'], 2)).toThrow('should answer a classification');
  });

  it('takes it by its place alone where the package says so: of the labels 1, 2, 3 the number 1 is the second', () => {
    const places = classes([{ ...label, places: true }], ['1', '2', '3']);
    expect(toPredictions(places, { label: longs(0, 1, 2) }, 3).map((each) => 'label' in each && each.label)).toEqual([
      ...['1', '2', '3'],
    ]);
  });

  it('takes the label as text, and is certain where there are no scores', () => {
    const text = { ...label, type: 'string' };
    expect(toPredictions(classes([text]), { label: of('string', [2], ['b', 'a']) }, 2)).toEqual([
      { label: 'b', confidence: 1, scores: { a: 0, b: 1 } },
      { label: 'a', confidence: 1, scores: { a: 1, b: 0 } },
    ]);
    expect(() => toPredictions(classes([text]), { label: of('string', [1], ['c']) }, 1)).toThrow(
      'should answer a classification',
    );
  });

  it('takes one score of a binary model as how likely the second label is', () => {
    for (const dims of [[2, 1], [2]])
      expect(toPredictions(classes([scores]), { scores: floats(dims, 0.25, 0.75) }, 2)).toEqual([
        { label: 'a', confidence: 0.75, scores: { a: 0.75, b: 0.25 } },
        { label: 'b', confidence: 0.75, scores: { a: 0.25, b: 0.75 } },
      ]);
    const raw = { ...scores, activation: 'sigmoid' as const };
    const [read] = toPredictions(classes([raw]), { scores: floats([1, 1], Math.log(3)) }, 1);
    expect(read && 'scores' in read ? read.scores['b'] : NaN).toBeCloseTo(0.75, 6);
  });

  it('squashes raw scores as the model.json says', () => {
    const raw = (activation: 'softmax' | 'sigmoid') => classes([{ ...scores, activation }], ['a', 'b', 'c']);
    const answers = { scores: floats([1, 3], 1000, 1000 + Math.log(2), 1000 + Math.log(5)) };
    const [soft] = toPredictions(raw('softmax'), answers, 1);
    if (!soft || !('scores' in soft)) throw new Error('no scores');
    expect(Object.values(soft.scores).map((score) => Number(score.toFixed(3)))).toEqual([0.125, 0.25, 0.625]);
    const [each] = toPredictions(raw('sigmoid'), { scores: floats([1, 3], 0, Math.log(3), -Math.log(3)) }, 1);
    if (!each || !('scores' in each)) throw new Error('no scores');
    expect(Object.values(each.scores).map((score) => Number(score.toFixed(3)))).toEqual([0.5, 0.75, 0.25]);
  });

  it('does not belong to a model with other scores', () => {
    for (const answers of [
      { scores: floats([1, 3], 0, 0, 1) },
      {},
      { scores: of('string', [1, 2], ['a', 'b']) },
    ] as Record<string, PlainTensor>[])
      expect(() => toPredictions(classes([scores]), answers, 1)).toThrow(
        /should answer a classification, but its outputs are scores/,
      );
    expect(() => toPredictions(manifest('classification', [scores]), { scores: floats([1, 2], 0, 1) }, 1)).toThrow(
      'classification',
    );
    // One row of answers for two that were asked.
    expect(() => toPredictions(classes([scores]), { scores: floats([1, 2], 0, 1) }, 2)).toThrow('classification');
    expect(() => toPredictions(classes([scores]), { scores: floats([1, 2], NaN, 1) }, 1)).toThrow('it answered NaN');
  });
});

describe('a regression', () => {
  const value = { role: 'value' as const };

  it('has a value for each row', () => {
    for (const dims of [[2], [2, 1]])
      expect(toPredictions(manifest('regression', [value]), { y0: floats(dims, 1.5, -2) }, 2)).toEqual([
        { value: 1.5 },
        { value: -2 },
      ]);
    const half = of('float16', [1], Uint16Array.of(toHalf(0.5)));
    expect(toPredictions(manifest('regression', [value]), { y0: half }, 1)).toEqual([{ value: 0.5 }]);
    expect(toPredictions(manifest('regression', [value]), { y0: floats([], 3) }, 1)).toEqual([{ value: 3 }]);
  });

  it('has no more than one, and a finite one', () => {
    expect(() => toPredictions(manifest('regression', [value]), { y0: floats([1, 2], 1, 2) }, 1)).toThrow('regression');
    expect(() => toPredictions(manifest('regression', [value]), { y0: floats([1], -Infinity) }, 1)).toThrow(
      'it answered -Infinity',
    );
    expect(() => toPredictions(manifest('regression', [{}]), { y0: floats([1], 1) }, 1)).toThrow('regression');
  });
});

describe('an anomaly', () => {
  const score = { role: 'score' as const };

  it('is what the model names -1 or true', () => {
    const labelled = manifest('anomaly', [score, { role: 'label', type: 'int64' }]);
    expect(toPredictions(labelled, { y0: floats([2, 1], 0.1, -0.2), y1: longs(1, -1) }, 2)).toEqual([
      { score: expect.closeTo(0.1, 6) as number, anomalous: false },
      { score: expect.closeTo(-0.2, 6) as number, anomalous: true },
    ]);
    const flagged = manifest('anomaly', [score, { role: 'label', type: 'bool' }]);
    const answers = { y0: floats([2], 1, 2), y1: of('bool', [2], Uint8Array.of(0, 1)) };
    expect(toPredictions(flagged, answers, 2)).toEqual([
      { score: 1, anomalous: false },
      { score: 2, anomalous: true },
    ]);
  });

  it('is a score above the threshold where the model names none', () => {
    const scored = manifest('anomaly', [score], { threshold: 2 });
    expect(toPredictions(scored, { y0: floats([3], 1, 2, 3) }, 3)).toMatchObject([
      { anomalous: false },
      { anomalous: false },
      { anomalous: true },
    ]);
    expect(() => toPredictions(manifest('anomaly', [score]), { y0: floats([1], 1) }, 1)).toThrow('anomaly');
  });
});

describe('several outputs', () => {
  it('come by name, each in its shape', () => {
    const model = manifest('multi-output', [{}, { type: 'string' }, {}]);
    const answers = {
      y0: floats([2, 1], 1, 2),
      y1: of('string', [2], ['a', 'b']),
      y2: floats([2, 2, 2], 1, 2, 3, 4, 5, 6, 7, 8),
    };
    expect(toPredictions(model, answers, 2)).toEqual([
      {
        outputs: {
          y0: 1,
          y1: 'a',
          y2: [
            [1, 2],
            [3, 4],
          ],
        },
      },
      {
        outputs: {
          y0: 2,
          y1: 'b',
          y2: [
            [5, 6],
            [7, 8],
          ],
        },
      },
    ]);
    expect(
      toPredictions(
        model,
        { ...answers, y0: floats([3], 1, 2, 3), y1: of('string', [1], ['a']), y2: floats([1], 5) },
        1,
      ),
    ).toEqual([{ outputs: { y0: [1, 2, 3], y1: 'a', y2: 5 } }]);
  });

  it('come by label where one output has a column for each', () => {
    const model = manifest('multi-output', [{}], { labels: ['yaw', 'pitch'] });
    expect(toPredictions(model, { y0: floats([2, 2], 1, 2, 3, 4) }, 2)).toEqual([
      { outputs: { yaw: 1, pitch: 2 } },
      { outputs: { yaw: 3, pitch: 4 } },
    ]);
  });
});

describe('tensors, for those who ask for them', () => {
  it('are plain data', () => {
    const raw = toTensors({
      a: floats([1, 2], 1, 0.5),
      b: of('int64', [2], BigInt64Array.of(5n, 2n ** 60n)),
      c: of('float16', [1], Uint16Array.of(0x3c00)),
      d: of('bool', [2], Uint8Array.of(1, 0)),
      e: of('string', [1], ['x']),
    });
    expect(JSON.parse(JSON.stringify(raw))).toEqual({
      a: { type: 'float32', shape: [1, 2], data: [1, 0.5] },
      b: { type: 'int64', shape: [2], data: [5, '1152921504606846976'] },
      c: { type: 'float16', shape: [1], data: [1] },
      d: { type: 'bool', shape: [2], data: [true, false] },
      e: { type: 'string', shape: [1], data: ['x'] },
    });
  });
});
