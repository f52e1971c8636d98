import { describe, expect, it } from 'vitest';
import { build, elementTypeNumber, type OnnxTensor, tensorValues } from '../../../runtime/onnx-format/index.ts';

/** A constant with nothing in it yet. */
const blank = (type: Parameters<typeof elementTypeNumber>[0], dims: number[]): OnnxTensor => ({
  ...build.floatTensor('w', dims, []),
  type: elementTypeNumber(type),
});
const little = (values: ArrayBufferView) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;

describe('the values of a constant are the same, however the file stores them:', () => {
  it.each([
    ['float32', Float32Array.of(1.5, -2), { floats: [1.5, -2] }],
    ['float64', Float64Array.of(1.5, -2), { doubles: [1.5, -2] }],
    ['int64', BigInt64Array.of(-1n, 2n ** 62n), { longs: [-1n, 2n ** 62n] }],
    ['uint64', BigUint64Array.of(2n ** 64n - 1n, 1n), { unsigned: [-1n, 1n] }],
    ['uint32', Uint32Array.of(2 ** 32 - 1, 1), { unsigned: [4294967295n, 1n] }],
    ['int32', Int32Array.of(-7, 7), { ints: [-7, 7] }],
    ['int16', Int16Array.of(-7, 7), { ints: [-7, 7] }],
    ['int8', Int8Array.of(-7, 7), { ints: [-7, 7] }],
    ['uint8', Uint8Array.of(200, 7), { ints: [200, 7] }],
    ['bool', Uint8Array.of(1, 0), { ints: [1, 0] }],
    ['float16', Uint16Array.of(0x3c00, 0xc000), { ints: [0x3c00, 0xc000] }],
    ['bfloat16', Uint16Array.of(0x3f80, 0xbf80), { ints: [0x3f80, 0xbf80] }],
    ['complex64', Float32Array.of(1, 2, 3, 4), { floats: [1, 2, 3, 4] }],
  ] as const)('%s', (type, values, lists) => {
    expect(tensorValues({ ...blank(type, [2]), raw: little(values) })).toEqual(values);
    expect(tensorValues({ ...blank(type, [2]), ...lists })).toEqual(values);
  });

  it('4-bit integers are unpacked, lowest bits first', () => {
    expect(tensorValues({ ...blank('int4', [3]), raw: Uint8Array.of(0xf1, 0x08) })).toEqual(Int8Array.of(1, -1, -8));
    expect(tensorValues({ ...blank('uint4', [3]), ints: [0xf1, 0x08] })).toEqual(Uint8Array.of(1, 15, 8));
  });

  it('texts', () => {
    expect(tensorValues(build.tensor('w', 'string', [2], ['idle', 'läuft']))).toEqual(['idle', 'läuft']);
  });

  it('also where the bytes lie at an odd place in the file', () => {
    const file = new Uint8Array(9);
    file.set(little(Float32Array.of(1.5, -2)), 1);
    const values = tensorValues({ ...blank('float32', [2]), raw: file.subarray(1) });
    file.fill(0);
    expect(values).toEqual(Float32Array.of(1.5, -2));
  });
});

describe('a constant that does not hold what its shape says', () => {
  it.each([
    ['too few', { ...blank('float32', [3]), floats: [1, 2] }],
    ['too many', { ...blank('int64', []), longs: [1n, 2n] }],
    ['half a number', { ...blank('float32', [1]), raw: new Uint8Array(3) }],
    ['nothing', blank('float32', [2])],
    ['a negative side', blank('float32', [-1, 0])],
    ['sides that overflow', blank('float32', [2 ** 40, 2 ** 40])],
    ['too few texts', build.tensor('w', 'string', [2], ['one'])],
  ])('%s', (_, tensor) => {
    expect(() => tensorValues(tensor)).toThrowError(code('ONNX_TENSOR_LENGTH'));
  });

  it('says what it should hold and what it holds', () => {
    expect(() => tensorValues({ ...blank('float32', [2, 3]), raw: new Uint8Array(20) })).toThrowError(
      'the constant "w" (float32 [2, 3]) should hold 24 bytes, but holds 20',
    );
  });

  it('whose values lie in another file names the file', () => {
    const external = [{ key: 'location', value: 'weights.bin' }];
    expect(() => tensorValues({ ...blank('float32', [2]), dataLocation: 1, external })).toThrowError(
      expect.objectContaining({
        code: 'ONNX_EXTERNAL_MISSING',
        message: 'the weights "w" lie in the file "weights.bin", which is missing',
      }) as Error,
    );
  });
});
