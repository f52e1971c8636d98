import { afterEach, describe, expect, it, vi } from 'vitest';
import { build, readOnnx, type OnnxModel, writeOnnx } from '../../../runtime/onnx-format/index.ts';

const { floatTensor, model, node, value } = build;
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
const field = (number: number, bytes: ArrayLike<number>) => [
  number * 8 + 2,
  ...varint(bytes.length),
  ...Array.from(bytes),
];
const repeated = (count: number, bytes: readonly number[]) =>
  Uint8Array.from({ length: count * bytes.length }, (_, at) => bytes[at % bytes.length] ?? 0);
/** A model that is one graph. */
const graph = (bytes: Uint8Array) => {
  const head = [8, 8, ...field(8, [0x10, 17]), 7 * 8 + 2, ...varint(bytes.length)];
  const whole = new Uint8Array(head.length + bytes.length);
  whole.set(head);
  whole.set(bytes, head.length);
  return whole;
};

const linear = (change: Partial<OnnxModel['graph']>): OnnxModel => {
  const { graph: whole, ...rest } = model({
    name: 'linear',
    nodes: [node('Relu', ['x'], ['y'])],
    initializers: [],
    inputs: [value('x', 'float32', [2])],
    outputs: [value('y', 'float32', [2])],
  });
  return { ...rest, graph: { ...whole, ...change } };
};

describe('a small file that describes more than fits', () => {
  it('millions of nodes', () => {
    expect(() => readOnnx(graph(repeated(250_000, [0x0a, 0])))).toThrowError(
      expect.objectContaining({
        code: 'ONNX_TOO_LARGE',
        message: 'the ONNX model has 200001 nodes, more than the limit of 200000',
        hint: expect.stringContaining('MILLRACE_LIMIT_ONNX_NODES') as string,
      }) as Error,
    );
  });

  it('millions of inputs', () => {
    expect(() => readOnnx(graph(repeated(2_100_000, [0x5a, 0])))).toThrowError(code('ONNX_TOO_LARGE'));
  });

  it('a list of more numbers than the limit', () => {
    const ints = new Uint8Array(20_000_001);
    const attribute = [8 * 8 + 2, ...varint(ints.length)];
    const inner = new Uint8Array(attribute.length + ints.length);
    inner.set(attribute);
    const wrap = (number: number, bytes: Uint8Array) => {
      const head = [number * 8 + 2, ...varint(bytes.length)];
      const all = new Uint8Array(head.length + bytes.length);
      all.set(head);
      all.set(bytes, head.length);
      return all;
    };
    expect(() => readOnnx(graph(wrap(1, wrap(5, inner))))).toThrowError(code('ONNX_TOO_LARGE'));
  });

  it('a length beyond the end, of up to 64 bits', () => {
    for (const length of [[0x7f], [0xff, 0xff, 0xff, 0xff, 0x0f], [...new Array<number>(9).fill(0xff), 1]]) {
      expect(() => readOnnx(Uint8Array.from([8, 8, 0x3a, ...length, 0]))).toThrowError(code('ONNX_DAMAGED'));
    }
  });
});

describe('a file that two readers would read differently is refused:', () => {
  const whole = writeOnnx(linear({}));

  it('two graphs, which protobuf would merge', () => {
    const second = field(7, field(12, [...field(1, [0x7a]), ...field(2, field(1, [8, 22]))]));
    expect(() => readOnnx(Uint8Array.from([...whole, ...second]))).toThrowError('graph occurs twice');
  });

  it('a name that is no UTF-8', () => {
    expect(() => readOnnx(Uint8Array.from([...whole, ...field(2, [0xff, 0xfe])]))).toThrowError('not UTF-8');
  });
});

describe('a constant whose shape lies', () => {
  it.each([
    ['negative', [-1, 2]],
    ['beyond every memory', [2 ** 40, 2 ** 40]],
    ['more than its bytes', [3]],
  ])('%s', (_, dims) => {
    const initializers = [{ ...floatTensor('w', [2], [1, 2]), dims }];
    expect(() => readOnnx(writeOnnx(linear({ initializers })))).toThrowError(code('ONNX_TENSOR_LENGTH'));
  });

  it('is found inside an attribute', () => {
    const nodes = [node('Constant', [], ['y'], { value: { ...floatTensor('w', [2], [1, 2]), dims: [3] } })];
    expect(() => readOnnx(writeOnnx(linear({ nodes })))).toThrowError(code('ONNX_TENSOR_LENGTH'));
  });
});

describe('a model that ends the process in ONNX Runtime although it declares nothing wrong', () => {
  const int4 = { ...floatTensor('w', [2], []), type: 22, raw: Uint8Array.of(0x21) };
  const untyped = [{ name: 'y' }];

  it.each<[string, Partial<OnnxModel['graph']>]>([
    ['Cast', { nodes: [node('Cast', ['x'], ['y'], { to: 22n })], outputs: untyped }],
    ['QuantizeLinear', { nodes: [node('QuantizeLinear', ['x', 's'], ['y'], { output_dtype: 21n })], outputs: untyped }],
    ['Constant', { nodes: [node('Constant', [], ['y'], { value: int4 })], outputs: untyped }],
  ])('by a %s before an output without a type', (_, change) => {
    expect(() => readOnnx(writeOnnx(linear(change)))).toThrowError(code('ONNX_TYPE_UNDECLARED'));
  });

  it('by a constant that is an output, whatever type that declares', () => {
    const change = { initializers: [{ ...int4, name: 'y' }], nodes: [] };
    expect(() => readOnnx(writeOnnx(linear(change)))).toThrowError(code('ONNX_TYPE_UNSUPPORTED'));
  });

  it('while int4 weights inside, and outputs without a type elsewhere, are fine', () => {
    readOnnx(writeOnnx(linear({ initializers: [int4] })));
    readOnnx(writeOnnx(linear({ outputs: untyped })));
  });
});

describe('the limit of bytes', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  it('is set by the environment, and counted', async () => {
    vi.stubEnv('MILLRACE_LIMIT_ONNX_FILE_BYTES', '100');
    vi.resetModules();
    const fresh = await import('../../../runtime/onnx-format/index.ts');
    const { fileBytes } = await import('../../../runtime/onnx-format/limits.ts');
    expect(() => fresh.readOnnx(new Uint8Array(101))).toThrowError(code('ONNX_TOO_LARGE'));
    expect(fileBytes.spent).toBe(1);
  });
});
