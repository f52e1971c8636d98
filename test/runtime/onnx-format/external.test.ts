import { describe, expect, it } from 'vitest';
import { createSession } from '../../../runtime/inference/tiers/onnx-runtime.ts';
import {
  build,
  checkRunnable,
  externalFiles,
  type OnnxModel,
  readOnnx,
  withExternal,
  writeOnnx,
} from '../../../runtime/onnx-format/index.ts';

const { floatTensor, model, node, value } = build;
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;

/** A model whose two weights lie in the file that is given, by its keys of external_data. */
function outside(entries: Readonly<Record<string, string>>): OnnxModel {
  const external = Object.entries(entries).map(([key, text]) => ({ key, value: text }));
  const weights = { ...floatTensor('w', [2], []), dataLocation: 1, external };
  return model({
    name: 'outside',
    nodes: [node('Add', ['x', 'w'], ['y'])],
    initializers: [weights],
    inputs: [value('x', 'float32', [2])],
    outputs: [value('y', 'float32', [2])],
  });
}

const file = new Uint8Array(Float32Array.of(9, 1, 2).buffer);

describe('weights that lie in another file', () => {
  const given = outside({ location: './weights/w.bin', offset: '4', length: '8' });

  it('are asked for by name and put into the model', async () => {
    const read = readOnnx(writeOnnx(given));
    expect(externalFiles(read)).toEqual(['weights/w.bin']);
    const whole = withExternal(read, new Map([['weights/w.bin', file]]));
    checkRunnable(whole);
    expect(externalFiles(whole)).toEqual([]);
    const session = await createSession(await import('onnxruntime-node'), writeOnnx(whole));
    const { y } = await session.run({ x: { type: 'float32', dims: [2], data: Float32Array.of(10, 20) } });
    await session.release();
    expect(y?.data).toEqual(Float32Array.of(11, 22));
  });

  it('are taken from the start, as many as the shape says, where the model says nothing else', () => {
    const whole = withExternal(outside({ location: 'w' }), new Map([['w', file]]));
    expect(whole.graph.initializers[0]?.raw).toEqual(file.subarray(0, 8));
  });

  it('that are missing are named, before ONNX Runtime looks for them in any folder', () => {
    const missing = expect.objectContaining({
      code: 'ONNX_EXTERNAL_MISSING',
      message: 'the weights "w" lie in the file "weights/w.bin", which is missing',
    }) as Error;
    expect(() => withExternal(given, new Map())).toThrowError(missing);
    expect(() => checkRunnable(given)).toThrowError(missing);
  });

  it.each([{ offset: '8' }, { offset: '-1' }, { offset: 'x' }, { length: '13' }, { length: '99999999999999999' }])(
    'that end before the model says are refused: %o',
    (entries) => {
      const short = outside({ location: 'w', length: '8', ...entries });
      expect(() => withExternal(short, new Map([['w', file]]))).toThrowError(code('ONNX_EXTERNAL_SHORT'));
    },
  );

  it('that are fewer than the shape says are refused', () => {
    const half = outside({ location: 'w', length: '4' });
    expect(() => withExternal(half, new Map([['w', file]]))).toThrowError(code('ONNX_TENSOR_LENGTH'));
  });

  it.each([
    ...['/etc/passwd', '../secret', 'a/../../b', 'C:\\keys', '\\\\server\\share', 'a\u0000b', '', '.'],
    // ONNX Runtime's own name for an address in memory.
    '*/_ORT_MEM_ADDR_/*',
  ])('are not read from %j', (location) => {
    expect(() => readOnnx(writeOnnx(outside({ location })))).toThrowError(code('ONNX_EXTERNAL_UNSAFE'));
  });
});
