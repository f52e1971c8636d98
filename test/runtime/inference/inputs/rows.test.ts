import { describe, expect, it } from 'vitest';
import { fed, readerOf, readerOfAll, refusal } from './reading.ts';

const features = ['mean', 'rms', 'peak'];
const three = () => readerOf('float32', ['rows', 3], { features });

describe('a row of named features', () => {
  it('is taken by name in any order, as an array, as a typed array, or as a tensor with its shape', () => {
    const reader = three();
    for (const input of [
      { peak: 3, mean: 1, rms: 2 },
      [1, 2, 3],
      new Float64Array([1, 2, 3]),
      { data: [1, 2, 3], shape: [3] },
      { dims: [1, 3], data: new Int16Array([1, 2, 3]) },
      { x: [1, 2, 3] },
    ]) {
      const read = reader.read(input);
      expect(fed(read)).toEqual({ dims: [1, 3], data: [1, 2, 3] });
      expect(read).toMatchObject({ rows: 1, batch: false, features: { mean: 1, rms: 2, peak: 3 } });
      expect(Object.keys(read.features ?? {})).toEqual(features);
    }
    expect(reader.featureNames).toEqual(features);
  });

  it('comes in batches of any of these', () => {
    const read = three().read([{ peak: 3, mean: 1, rms: 2 }, [4, 5, 6], new Float32Array([7, 8, 9])]);
    expect(fed(read)).toEqual({ dims: [3, 3], data: [1, 2, 3, 4, 5, 6, 7, 8, 9] });
    expect(read).toMatchObject({ rows: 3, batch: true });
    expect(read.features).toEqual([
      { mean: 1, rms: 2, peak: 3 },
      { mean: 4, rms: 5, peak: 6 },
      { mean: 7, rms: 8, peak: 9 },
    ]);
    expect(fed(three().read({ data: [1, 2, 3, 4, 5, 6], shape: [2, 3] })).dims).toEqual([2, 3]);
    expect(three().read([[1, 2, 3]])).toMatchObject({ rows: 1, batch: true });
  });

  it('keeps what it was read as when the next is read', () => {
    const reader = three();
    const first = reader.read({ mean: 1, rms: 2, peak: 3 });
    reader.read({ mean: 7, rms: 8, peak: 9 });
    expect(fed(first).data).toEqual([1, 2, 3]);
    expect(first.features).toEqual({ mean: 1, rms: 2, peak: 3 });
  });

  it('is refused where names are wrong, each way with its own code', () => {
    const refused = (input: unknown) => refusal(() => three().read(input));
    expect(refused({ mean: 1 })).toMatchObject({
      code: 'MODEL_INPUT_MISMATCH',
      message: 'model "m" expects 3 features, got 1 (missing: rms, peak)',
    });
    expect(refused({ mean: 1, rms: 2, peak: 3, kurtosis: 4 })).toMatchObject({
      code: 'MODEL_INPUT_EXTRA',
      message: 'model "m" expects 3 features, got 4 (unknown: kurtosis)',
    });
    expect(refused({ mean: 1, rms: 2, Peek: 3 })).toMatchObject({
      code: 'MODEL_INPUT_MISNAMED',
      message: 'model "m" expects 3 features, got 3 (misnamed: "Peek" where it takes "peak")',
    });
    expect(refused({ temperature: 1, humidity: 2, wind: 3 })).toMatchObject({ code: 'MODEL_INPUT_MISMATCH' });
    expect(refused([1, 2])).toMatchObject({
      code: 'MODEL_INPUT_LENGTH',
      message: 'model "m" expects 3 features, got 2 (missing: peak)',
    });
    expect(refused([1, 2, 3, 4]).code).toBe('MODEL_INPUT_LENGTH');
    expect(refused({ data: [1, 2, 3, 4], shape: [4] }).code).toBe('MODEL_SHAPE_MISMATCH');
  });

  it('is refused where values are wrong, each way with its own code', () => {
    const refused = (input: unknown) => refusal(() => three().read(input));
    for (const value of [NaN, Infinity, 1e39, null, undefined])
      expect(refused([1, value, 3])).toMatchObject({
        code: 'MODEL_INPUT_NOT_FINITE',
        message: `model "m" got ${value} for the feature "rms"`,
      });
    expect(refused({ mean: 1, rms: '2', peak: 3 })).toMatchObject({
      code: 'MODEL_VALUE_TYPE',
      message: 'model "m" takes a number for "rms", got the text "2"',
    });
    expect(refused([1, true, 3]).code).toBe('MODEL_VALUE_TYPE');
    for (const wrong of ['text', 5, null, undefined, true]) expect(refused(wrong).code).toBe('MODEL_INPUT_TYPE');
    expect(refused([]).code).toBe('MODEL_BATCH_EMPTY');
    expect(refused({ channels: ['a'], rate: 1, start: 0, data: [1], shape: [1, 1] }).code).toBe('MODEL_WITHOUT_RECIPE');
  });

  it('is told by its place where it is one of a batch', () => {
    expect(
      refusal(() =>
        three().read([
          [1, 2, 3],
          [1, NaN, 3],
        ]),
      ),
    ).toMatchObject({
      code: 'MODEL_INPUT_NOT_FINITE',
      message: 'item 1: model "m" got NaN for the feature "rms"',
    });
    expect(refusal(() => three().read([[1, 2, 3], [1, 2, 3], 'x'])).message).toMatch(/^item 2: /);
  });

  it('may have missing values where the model knows them', () => {
    const read = readerOf('float32', [null, 3], { features, missing: true }).read([[1, NaN, null]]);
    expect(fed(read).data).toEqual([1, NaN, NaN]);
    expect(read.features).toEqual([{ mean: 1 }]);
    expect(refusal(() => readerOf('float32', [null, 3], { features, missing: true }).read([1, Infinity, 3])).code).toBe(
      'MODEL_INPUT_NOT_FINITE',
    );
    expect(fed(readerOf('float16', [null, 1], { missing: true }).read(NaN)).data).toEqual([0x7e00]);
  });

  it('takes the shape that the model has', () => {
    expect(fed(readerOf('float32', [3], { features }).read([1, 2, 3])).dims).toEqual([3]);
    expect(fed(readerOf('float32', ['n', 1, 3], { features }).read([1, 2, 3])).dims).toEqual([1, 1, 3]);
    expect(fed(readerOf('float32', ['n', 'm'], { features }).read([1, 2, 3])).dims).toEqual([1, 3]);
    expect(refusal(() => readerOf('float32', [null, 4], { features })).code).toBe('MODEL_INPUT_UNSUPPORTED');
    expect(refusal(() => readerOf('complex64', [null, 3])).code).toBe('MODEL_INPUT_UNSUPPORTED');
  });

  it('is run alone where the model takes one row at a time', () => {
    const reader = readerOf('float32', [1, 2]);
    expect(reader.takesRows).toBe(false);
    const read = reader.read([
      [1, 2],
      [3, 4],
    ]);
    expect(read.rows).toBe(2);
    expect(read.singles?.map(({ x }) => [x?.dims, Array.from<unknown>(x?.data ?? [])])).toEqual([
      [
        [1, 2],
        [1, 2],
      ],
      [
        [1, 2],
        [3, 4],
      ],
    ]);
  });
});

describe('a model with one feature', () => {
  const reader = readerOf('float32', [null, 1], { features: ['load'] });

  it('takes a plain number', () => {
    expect(fed(reader.read(5))).toEqual({ dims: [1, 1], data: [5] });
    expect(reader.read({ load: 5 })).toMatchObject({ rows: 1, batch: false, features: { load: 5 } });
  });

  it('takes an array of numbers as a batch, however long it is', () => {
    expect(reader.read([5])).toMatchObject({ rows: 1, batch: true, features: [{ load: 5 }] });
    expect(fed(reader.read([1, 2, 3]))).toEqual({ dims: [3, 1], data: [1, 2, 3] });
    expect(fed(readerOf('float32', ['n']).read(new Float32Array([1, 2]))).dims).toEqual([2]);
    expect(fed(readerOf('float32', []).read(2)).dims).toEqual([]);
  });
});

describe('texts', () => {
  it('are taken alone and in batches', () => {
    for (const shape of [['n'], ['n', 1]]) {
      const reader = readerOf('string', shape);
      expect(fed(reader.read('too hot'))).toEqual({ dims: shape.map(() => 1), data: ['too hot'] });
      expect(reader.read('too hot').batch).toBe(false);
      expect(fed(reader.read(['a', 'b'])).data).toEqual(['a', 'b']);
      expect(reader.read(['a', 'b'])).toMatchObject({ rows: 2, batch: true, features: undefined });
      expect(refusal(() => reader.read(5))).toMatchObject({
        code: 'MODEL_VALUE_TYPE',
        message: 'model "m" takes a text for "x", got 5',
      });
    }
  });
});

describe('element types', () => {
  const read = (type: string, value: unknown) => fed(readerOf(type, [null, 1]).read(value)).data[0];
  const refused = (type: string, value: unknown) => refusal(() => readerOf(type, [null, 1]).read(value));

  it('are written as the model takes them', () => {
    expect(read('float64', 0.1)).toBe(0.1);
    expect(read('float32', 0.1)).toBe(Math.fround(0.1));
    expect(read('float16', 1)).toBe(0x3c00);
    expect(read('int64', 2 ** 40)).toBe(2n ** 40n);
    expect(read('int64', -(2n ** 63n))).toBe(-(2n ** 63n));
    expect(read('uint64', 2n ** 64n - 1n)).toBe(2n ** 64n - 1n);
    expect([true, false, 1, 0].map((value) => read('bool', value))).toEqual([1, 0, 1, 0]);
  });

  it.each([
    ['int8', -128, 127],
    ['uint8', 0, 255],
    ['int16', -32768, 32767],
    ['uint16', 0, 65535],
    ['int32', -(2 ** 31), 2 ** 31 - 1],
    ['uint32', 0, 2 ** 32 - 1],
  ])('%s goes from %d to %d, and takes no fraction', (type, least, most) => {
    expect([read(type, least), read(type, most), read(type, BigInt(most))]).toEqual([least, most, most]);
    for (const value of [least - 1, most + 1, 0.5])
      expect(refused(type, value)).toMatchObject({
        code: 'MODEL_VALUE_RANGE',
        message: `model "m" takes a whole number from ${least} to ${most} (${type}) for "x", got ${value}`,
      });
    expect(refused(type, NaN).code).toBe('MODEL_INPUT_NOT_FINITE');
    expect(refused(type, '5').code).toBe('MODEL_VALUE_TYPE');
  });

  it('are refused beyond what they hold', () => {
    expect(refused('int64', 2 ** 63).code).toBe('MODEL_VALUE_RANGE');
    expect(refused('uint64', -1n).code).toBe('MODEL_VALUE_RANGE');
    expect(refused('float16', 70000).code).toBe('MODEL_INPUT_NOT_FINITE');
    expect(refused('float64', Infinity).code).toBe('MODEL_INPUT_NOT_FINITE');
    expect(refused('bool', 2).code).toBe('MODEL_VALUE_TYPE');
  });
});

describe('a model with an input for each column', () => {
  const reader = readerOfAll(
    { name: 'age', type: 'float32', shape: [null, 1] },
    { name: 'visits', type: 'int64', shape: [null, 1] },
    { name: 'city', type: 'string', shape: [null, 1] },
  );

  it('takes one flat object, an array in order, batches, and columns', () => {
    for (const input of [{ city: 'Bern', visits: 3, age: 30.5 }, [30.5, 3, 'Bern']]) {
      const read = reader.read(input);
      expect([fed(read, 'age').data, fed(read, 'visits').data, fed(read, 'city').data]).toEqual([
        [30.5],
        [3n],
        ['Bern'],
      ]);
      expect(read).toMatchObject({ rows: 1, batch: false, features: { age: 30.5, visits: 3 } });
    }
    const rows = reader.read([{ city: 'Bern', visits: 3, age: 30 }, [40, 4, 'Ulm']]);
    const columns = reader.read({ age: [30, 40], visits: [3, 4], city: ['Bern', 'Ulm'] });
    expect(columns).toEqual(rows);
    expect(rows).toMatchObject({ rows: 2, batch: true });
    expect(fed(rows, 'city')).toEqual({ dims: [2, 1], data: ['Bern', 'Ulm'] });
  });

  it('says which column is wrong', () => {
    expect(refusal(() => reader.read({ age: 1, visits: 2 })).message).toContain('missing: city');
    expect(refusal(() => reader.read({ age: 1, visits: 2.5, city: 'a' })).message).toContain('"visits", got 2.5');
    expect(refusal(() => reader.read({ age: 1, visits: 2, city: 7 })).code).toBe('MODEL_VALUE_TYPE');
    expect(refusal(() => reader.read({ age: [1, 2], visits: [1], city: ['a', 'b'] })).code).toBe('MODEL_BATCH_UNEVEN');
  });
});
