import { describe, expect, it } from 'vitest';
import { MillraceError } from '../../../runtime/base/index.ts';
import { seededRandom } from '../../../runtime/numerics/index.ts';
import { build, elementTypeName, type OnnxModel, readOnnx, writeOnnx } from '../../../runtime/onnx-format/index.ts';

const { floatTensor, model, node, value } = build;

/** A linear model with metadata and attributes of every kind that is written. */
function linear(): OnnxModel {
  return model(
    {
      name: 'linear',
      nodes: [
        node('Gemm', ['x', 'w', 'b'], ['scores'], { transB: 1n, alpha: 0.5 }),
        node('Softmax', ['scores'], ['p'], { axis: -1n, note: 'rows' }),
      ],
      initializers: [floatTensor('w', [2, 3], [1, 2, 3, 4, 5, 6]), floatTensor('b', [2], [0.5, -0.5])],
      inputs: [value('x', 'float32', ['rows', 3])],
      outputs: [value('p', 'float32', ['rows', 2])],
    },
    { labels: 'good,bad' },
  );
}

const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;

describe('a model that was written', () => {
  it('is read back whole', () => {
    const read = readOnnx(writeOnnx(linear()));
    expect(read).toEqual(linear());
    expect(read.graph.nodes.map(({ op }) => op)).toEqual(['Gemm', 'Softmax']);
    expect(read.graph.nodes[1]?.attributes[0]).toMatchObject({ name: 'axis', i: -1n });
    expect(read.metadata).toEqual([{ key: 'labels', value: 'good,bad' }]);
    expect(read.opsets).toEqual([{ domain: '', version: 17n }]);
  });

  it('is the same bytes each time', () => {
    expect(writeOnnx(linear())).toEqual(writeOnnx(linear()));
  });

  it('keeps numbers at the ends of their range', () => {
    const ends = node('Slice', [], ['p'], { first: -(2n ** 63n), last: 2n ** 63n - 1n });
    const { graph } = linear();
    const read = readOnnx(writeOnnx(model({ ...graph, nodes: [ends] })));
    expect(read.graph.nodes[0]?.attributes.map(({ i }) => i)).toEqual([-(2n ** 63n), 2n ** 63n - 1n]);
  });
});

describe('bytes that other programs write', () => {
  /** Field number, wire type 2, and the bytes. */
  const field = (number: number, bytes: readonly number[]) => [number * 8 + 2, bytes.length, ...bytes];
  const text = (string: string) => [...new TextEncoder().encode(string)];
  const output = field(12, [...field(1, text('y')), ...field(2, field(1, [8, 1]))]);

  it('are read where numbers are packed and where each stands alone, and unknown fields are kept', () => {
    const packed = field(5, [...field(1, [2, 0]), 0x10, 1, ...field(8, text('w'))]);
    const alone = field(5, [0x08, 2, 0x08, 0, 0x10, 1, ...field(8, text('w'))]);
    for (const tensor of [packed, alone]) {
      const unknown = [...field(15, [1, 2, 3]), 0x98, 0x06, 5];
      const bytes = [8, 8, ...unknown, ...field(8, [0x10, 17]), ...field(7, [...tensor, ...output])];
      const read = readOnnx(Uint8Array.from(bytes));
      expect(writeOnnx(read).subarray(-8)).toEqual(Uint8Array.from(unknown));
      expect(read.graph.initializers[0]).toMatchObject({
        dims: [2, 0],
        type: 1,
        name: 'w',
      });
    }
  });
});

describe('a file that is no model gives one clear error:', () => {
  const whole = writeOnnx(linear());

  it('cut off at any byte', () => {
    for (let length = 0; length < whole.length; length++) {
      const cut = whole.slice(0, length);
      // The last field is metadata: a model that lacks only that is still one.
      try {
        readOnnx(cut);
      } catch (error) {
        expect(error).toBeInstanceOf(MillraceError);
        expect((error as MillraceError).code).toMatch(/^ONNX_(DAMAGED|INCOMPLETE)$/);
      }
    }
    expect(() => readOnnx(whole.slice(0, whole.length >> 1))).toThrowError(code('ONNX_DAMAGED'));
  });

  it('empty, text, or a pointer of Git LFS', () => {
    expect(() => readOnnx(new Uint8Array(0))).toThrowError(code('ONNX_INCOMPLETE'));
    for (const content of ['<html>not found</html>', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a']) {
      expect(() => readOnnx(new TextEncoder().encode(content))).toThrowError(code('ONNX_OTHER_FILE'));
    }
  });

  it('two thousand random mutations, none of which does anything worse', () => {
    const random = seededRandom(1);
    for (let round = 0; round < 2000; round++) {
      const mutated = whole.slice();
      for (let change = 0; change <= random() * 4; change++) {
        mutated[Math.floor(random() * mutated.length)] = Math.floor(random() * 256);
      }
      try {
        readOnnx(mutated);
      } catch (error) {
        expect(error).toBeInstanceOf(MillraceError);
      }
    }
  });

  it('nested without end', () => {
    let bytes = [8, 1];
    // A type of sequences of sequences of …
    for (let depth = 0; depth < 200; depth++) {
      const length = (size: number) => (size < 128 ? [size] : [(size & 127) | 128, size >> 7]);
      bytes = [0x0a, ...length(bytes.length), ...bytes];
      bytes = [0x22, ...length(bytes.length), ...bytes];
    }
    const length = (size: number) => (size < 128 ? [size] : [(size & 127) | 128, size >> 7]);
    const value = [0x12, ...length(bytes.length), ...bytes];
    const output = [0x62, ...length(value.length), ...value];
    const graph = Uint8Array.from([0x3a, ...length(output.length), ...output]);
    expect(() => readOnnx(graph)).toThrowError(code('ONNX_TOO_LARGE'));
  });
});

describe('element types that end the process inside ONNX Runtime', () => {
  it.each(['int4', 'uint4', 'float4e2m1', 'complex64'] as const)('%s is refused as input and output', (type) => {
    const { graph } = linear();
    const given = writeOnnx(model({ ...graph, inputs: [value('x', type, ['rows', 3])] }));
    expect(() => readOnnx(given)).toThrowError(
      expect.objectContaining({
        code: 'ONNX_TYPE_UNSUPPORTED',
        message: `the input "x" has the type ${type}`,
      }) as Error,
    );
    expect(() => readOnnx(writeOnnx(model({ ...graph, outputs: [value('p', type, [])] })))).toThrowError(
      code('ONNX_TYPE_UNSUPPORTED'),
    );
  });

  it('is also found in a sequence and in a subgraph', () => {
    const { graph } = linear();
    const int4 = value('inner', 'int4', []);
    const sequence = { name: 'p', ...(int4.type && { type: { sequence: { element: int4.type } } }) };
    expect(() => readOnnx(writeOnnx(model({ ...graph, outputs: [sequence] })))).toThrowError(
      code('ONNX_TYPE_UNSUPPORTED'),
    );
    const branch = { ...graph, outputs: [int4] };
    const body = { ...build.attribute('then_branch', 0n), type: 5, g: branch };
    const conditional = { ...node('If', ['x'], ['p']), attributes: [body] };
    expect(() => readOnnx(writeOnnx(model({ ...graph, nodes: [conditional] })))).toThrowError(
      code('ONNX_TYPE_UNSUPPORTED'),
    );
  });

  it('is named also where ONNX itself has no name yet', () => {
    expect(elementTypeName(99)).toBe('type 99');
  });
});
