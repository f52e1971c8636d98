import { describe, expect, it } from 'vitest';
import { createReader } from '../../../../runtime/inference/inputs/create-reader.ts';
import { fed, manifestOf, readerOf, readerOfAll, refusal } from './reading.ts';

/** Two channels, four samples. */
const window = { channels: ['x', 'y'], rate: 10, start: 0, data: [1, 10, 2, 20, 3, 30, 4, 40], shape: [4, 2] };
const byChannel = [1, 2, 3, 4, 10, 20, 30, 40];

describe('a window for a model that takes samples', () => {
  it('is laid out as the shape of the model says', () => {
    expect(fed(readerOf('float32', ['n', 2, 4]).read(window))).toEqual({ dims: [1, 2, 4], data: byChannel });
    expect(fed(readerOf('float32', ['n', 4, 2]).read(window))).toEqual({ dims: [1, 4, 2], data: window.data });
    expect(fed(readerOf('float32', [1, 2, null]).read(window)).data).toEqual(byChannel);
    expect(fed(readerOf('float32', [null, null, 2]).read(window)).data).toEqual(window.data);
    expect(fed(readerOf('float32', [2, 4], { kind: 'window' }).read(window)).dims).toEqual([2, 4]);
  });

  it('is laid out as the model.json says where the shape does not', () => {
    const free = (layout: 'channels-samples' | 'samples-channels', channels?: string[]) =>
      readerOf('float32', [null, null, null], { window: { layout, ...(channels && { channels }) } });
    expect(fed(free('channels-samples').read(window))).toEqual({ dims: [1, 2, 4], data: byChannel });
    expect(fed(free('samples-channels').read(window)).dims).toEqual([1, 4, 2]);
    expect(fed(free('samples-channels', ['y', 'x']).read(window)).data).toEqual([10, 1, 20, 2, 30, 3, 40, 4]);
    expect(fed(free('channels-samples', ['y']).read(window))).toEqual({ dims: [1, 1, 4], data: [10, 20, 30, 40] });
    expect(refusal(() => readerOf('float32', [null, null, null]).read(window)).code).toBe('MODEL_SHAPE_UNKNOWN');
  });

  it('of one channel may go into a model that knows none', () => {
    const one = { channels: ['x'], rate: 10, start: 0, data: new Float32Array([1, 2, 3, 4]), shape: [4, 1] };
    for (const reader of [readerOf('float32', ['n', 4]), readerOf('float32', ['n', null], { kind: 'window' })])
      expect(fed(reader.read(one))).toEqual({ dims: [1, 4], data: [1, 2, 3, 4] });
    expect(refusal(() => readerOf('float32', ['n', 4], { kind: 'window' }).read(window)).code).toBe(
      'MODEL_WINDOW_CHANNELS',
    );
  });

  it('comes in batches', () => {
    const read = readerOf('float32', ['n', 2, 4]).read([window, window]);
    expect(fed(read)).toEqual({ dims: [2, 2, 4], data: [...byChannel, ...byChannel] });
    expect(read).toMatchObject({ rows: 2, batch: true });
    const free = readerOf('float32', [null, 2, null]);
    const shorter = { ...window, data: [1, 2, 3, 4, 5, 6], shape: [3, 2] };
    expect(refusal(() => free.read([window, shorter]))).toMatchObject({
      code: 'MODEL_BATCH_UNEVEN',
      message: expect.stringMatching(/^item 1: /) as string,
    });
  });

  it('has the channels and the length that the model takes', () => {
    const settings = { layout: 'channels-samples' as const, channels: ['x', 'z'] };
    expect(refusal(() => readerOf('float32', ['n', 2, 4], { window: settings }).read(window))).toMatchObject({
      code: 'MODEL_WINDOW_CHANNELS',
      message: 'model "m" takes a window with the channels x, z, got x, y',
    });
    expect(refusal(() => readerOf('float32', ['n', 3, 4]).read(window)).message).toContain('3 channels, got x, y');
    expect(refusal(() => readerOf('float32', ['n', 2, 128]).read(window))).toMatchObject({
      code: 'MODEL_WINDOW_LENGTH',
      message: 'model "m" takes windows of 128 samples, got 4',
    });
    expect(refusal(() => readerOf('float32', ['n', 2, 4]).read({ ...window, rate: 0 })).code).toBe('WINDOW_INVALID');
  });

  it('goes through the recipe of the package where it has one', () => {
    const recipe = {
      ...{ format: 1 as const, channels: ['x'], rate: 10, length: 4, stride: 4 },
      blocks: [{ type: 'statistics' as const, channels: ['x'], measures: ['mean' as const], detrend: 'none' as const }],
    };
    const reader = createReader(manifestOf([{ name: 'x', type: 'float32', shape: [null, 1] }], { recipe }));
    const one = { channels: ['x'], rate: 10, start: 0, data: [1, 2, 3, 6], shape: [4, 1] };
    const read = reader.read(one);
    expect(fed(read)).toEqual({ dims: [1, 1], data: [3] });
    expect(read.features).toEqual({ [reader.featureNames[0] ?? '']: 3 });
    expect(fed(reader.read([one, one])).dims).toEqual([2, 1]);
  });
});

describe('a tensor', () => {
  const reader = readerOf('float32', ['n', 2, 3, 1], { kind: 'tensor' });

  it('says its shape, or nests its values', () => {
    const data = [1, 2, 3, 4, 5, 6];
    const nested = [
      [[1], [2], [3]],
      [[4], [5], [6]],
    ];
    for (const input of [
      { data, shape: [1, 2, 3, 1] },
      { data, dims: [2, 3, 1] },
      nested,
      data,
      new Float32Array(data),
    ])
      expect(reader.read(input)).toMatchObject({
        rows: 1,
        batch: false,
        feeds: { x: { dims: [1, 2, 3, 1], data: new Float32Array(data) } },
      });
    expect(reader.read([nested, nested])).toMatchObject({ rows: 2, batch: true, feeds: { x: { dims: [2, 2, 3, 1] } } });
    expect(reader.read({ data: [...data, ...data], shape: [2, 2, 3, 1] })).toMatchObject({ rows: 2, batch: true });
    expect(fed(reader.read([data, data])).dims).toEqual([2, 2, 3, 1]);
  });

  it('keeps infinities, and takes bits of 16-bit floats that are said to be such', () => {
    expect(
      fed(
        reader.read([
          [[1], [NaN], [3]],
          [[Infinity], [5], [6]],
        ]),
      ).data,
    ).toEqual([1, NaN, 3, Infinity, 5, 6]);
    const half = readerOf('float16', ['n', 2], { kind: 'tensor' });
    expect(fed(half.read({ type: 'float16', data: new Uint16Array([0x3c00, 1]), dims: [1, 2] })).data).toEqual([
      0x3c00, 1,
    ]);
    expect(fed(half.read([1, 2])).data).toEqual([0x3c00, 0x4000]);
  });

  it('is refused where its shape does not fit or does not tell', () => {
    const refused = (input: unknown) => refusal(() => reader.read(input));
    expect(refused({ data: [1, 2], shape: [1, 2, 1, 1] })).toMatchObject({
      code: 'MODEL_SHAPE_MISMATCH',
      message: 'model "m" takes [rows, 2, 3, 1] for "x", got [1, 2, 1, 1] with 2 values',
    });
    expect(refused({ data: [1, 2], shape: [1, 2, 3, 1] }).code).toBe('MODEL_SHAPE_MISMATCH');
    expect(refused([1, 2]).code).toBe('MODEL_SHAPE_MISMATCH');
    expect(
      refused([
        [[1], [2], [3]],
        [[4], [5]],
      ]).code,
    ).toBe('MODEL_BATCH_UNEVEN');
    expect(
      refused([
        [[1], [2], [3]],
        [['4'], [5], [6]],
      ]),
    ).toMatchObject({ code: 'MODEL_VALUE_TYPE', message: expect.stringContaining('x[3]') as string });
    expect(refused([]).code).toBe('MODEL_BATCH_EMPTY');
    expect(refused({ data: [], shape: [0, 2, 3, 1] }).code).toBe('MODEL_BATCH_EMPTY');
    expect(refused({ wrong: 1 })).toMatchObject({
      code: 'MODEL_INPUT_TYPE',
      message: expect.stringContaining('got an object with wrong') as string,
    });
    const free = readerOf('float32', [null, null, null, 3], { kind: 'tensor' });
    expect(refusal(() => free.read([1, 2, 3, 4, 5, 6]))).toMatchObject({
      code: 'MODEL_SHAPE_UNKNOWN',
      message: expect.stringContaining('[rows, any, any, 3]') as string,
    });
    expect(fed(free.read({ data: [1, 2, 3, 4, 5, 6], shape: [1, 2, 1, 3] })).dims).toEqual([1, 2, 1, 3]);
    expect(fed(readerOf('float32', [null, 2, null], { kind: 'tensor' }).read([1, 2, 3, 4])).dims).toEqual([1, 2, 2]);
  });
});

describe('a model with several inputs', () => {
  const reader = readerOfAll(
    { name: 'signal', type: 'float32', shape: [null, 2, 4] },
    { name: 'machine', type: 'float32', shape: [null, 2], features: ['load', 'speed'] },
  );

  it('takes them by their names, and features by theirs', () => {
    for (const input of [
      { machine: [5, 6], signal: window },
      { signal: window, machine: { speed: 6, load: 5 } },
      { speed: 6, load: 5, signal: window },
    ]) {
      const read = reader.read(input);
      expect(fed(read, 'signal')).toEqual({ dims: [1, 2, 4], data: byChannel });
      expect(fed(read, 'machine')).toEqual({ dims: [1, 2], data: [5, 6] });
      expect(read).toMatchObject({ rows: 1, batch: false, features: { load: 5, speed: 6 } });
    }
  });

  it('takes batches, as an array of requests or as one request of arrays', () => {
    const requests = reader.read([
      { signal: window, machine: [5, 6] },
      { signal: window, load: 7, speed: 8 },
    ]);
    const arrays = reader.read({
      signal: [window, window],
      machine: [
        [5, 6],
        [7, 8],
      ],
    });
    expect(arrays).toEqual(requests);
    expect(requests).toMatchObject({
      rows: 2,
      batch: true,
      features: [
        { load: 5, speed: 6 },
        { load: 7, speed: 8 },
      ],
    });
  });

  it('says which is missing, unknown or of another size', () => {
    const refused = (input: unknown) => refusal(() => reader.read(input));
    expect(refused({ load: 5, speed: 6 })).toMatchObject({
      code: 'MODEL_INPUT_MISMATCH',
      message: 'model "m" expects 2 inputs, got 1 (missing: signal)',
    });
    expect(refused({ signal: window, load: 5 }).message).toContain('missing: speed');
    expect(refused({ signal: window, machine: [5, 6], other: 1 }).code).toBe('MODEL_INPUT_EXTRA');
    expect(refused({ Signal: window, machine: [5, 6] }).code).toBe('MODEL_INPUT_MISNAMED');
    expect(refused({ signal: [window, window], machine: [5, 6] }).code).toBe('MODEL_BATCH_UNEVEN');
    expect(
      refused([
        { signal: window, machine: [5, 6] },
        { signal: window, machine: [5, NaN] },
      ]).message,
    ).toMatch(/^item 1: .*"speed"/);
    expect(refused(5)).toMatchObject({
      code: 'MODEL_INPUT_TYPE',
      message: 'model "m" takes an object with signal, machine, got 5',
    });
  });
});
