import { describe, expect, it } from 'vitest';
import { createSession } from '../../../runtime/inference/tiers/onnx-runtime.ts';
import {
  build,
  checkOperators,
  checkRunnable,
  type OnnxModel,
  readOnnx,
  writeOnnx,
} from '../../../runtime/onnx-format/index.ts';
import { NEWEST_IR, NEWEST_OPSETS } from '../../../runtime/onnx-format/newest.ts';

const { model, node, value } = build;
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;
const runtime = await import('onnxruntime-node');

const small = (opsets = [{ domain: '', version: 17n }], relu = node('Relu', ['x'], ['y'])): OnnxModel =>
  model(
    {
      name: 'g',
      nodes: [relu],
      initializers: [],
      inputs: [value('x', 'float32', [2])],
      outputs: [value('y', 'float32', [2])],
    },
    {},
    opsets,
  );

/** Whether ONNX Runtime itself takes it. */
async function loads(given: OnnxModel): Promise<boolean> {
  const session = await createSession(runtime, writeOnnx(given)).catch(() => undefined);
  await session?.release();
  return session !== undefined;
}

describe('what ONNX Runtime knows is what we say it knows:', () => {
  // ONNX Runtime does not look at the version where ai.onnx goes by its long name.
  const domains = Object.entries(NEWEST_OPSETS).filter(([domain]) => domain !== 'ai.onnx');
  it.each(domains)('operators of "%s" up to %i', async (domain, newest) => {
    const other = domain === '' ? [] : [{ domain: '', version: 17n }];
    const known = small([...other, { domain, version: BigInt(newest) }]);
    const tooNew = small([...other, { domain, version: BigInt(newest) + 1n }]);
    expect([await loads(known), await loads(tooNew)]).toEqual([true, false]);
    checkOperators(known);
    expect(() => checkOperators(tooNew)).toThrowError(code('ONNX_OPSET_TOO_NEW'));
  });

  it(`the file format up to ${NEWEST_IR}`, async () => {
    const known = { ...small(), irVersion: NEWEST_IR };
    const tooNew = { ...small(), irVersion: NEWEST_IR + 1 };
    expect([await loads(known), await loads(tooNew)]).toEqual([true, false]);
    checkOperators(known);
    expect(() => checkOperators(tooNew)).toThrowError(code('ONNX_IR_TOO_NEW'));
  });
});

describe('a model that cannot run here', () => {
  it('says which version it asks for, which is known, and how to export it', () => {
    expect(() => checkOperators(small([{ domain: '', version: 99n }]))).toThrowError(
      expect.objectContaining({
        message: 'the model uses ai.onnx 99; this version of Millrace knows up to 26',
        hint: expect.stringContaining('opset_version=21') as string,
      }) as Error,
    );
  });

  it('names the custom operator and its domain, also inside a branch', () => {
    const custom = node('Tokenize', ['x'], ['y'], {}, 'ai.onnx.contrib');
    const branch = { ...small().graph, nodes: [custom] };
    const hidden = {
      ...node('If', ['x'], ['y']),
      attributes: [{ ...build.attribute('then_branch', 0n), type: 5, g: branch }],
    };
    for (const each of [custom, hidden]) {
      expect(() => checkRunnable(small(undefined, each))).toThrowError(
        expect.objectContaining({
          code: 'ONNX_OPERATOR_UNKNOWN',
          message: expect.stringContaining('the operator "Tokenize" of "ai.onnx.contrib"') as string,
        }) as Error,
      );
    }
  });

  it('uses an operator set without saying which version', () => {
    expect(() => checkOperators(small(undefined, node('Scaler', ['x'], ['y'], {}, 'ai.onnx.ml')))).toThrowError(
      code('ONNX_OPSET_MISSING'),
    );
  });
});

describe("a model's own functions", () => {
  const twice = {
    name: 'Twice',
    domain: 'own',
    inputs: ['a'],
    outputs: ['b'],
    nodes: [node('Add', ['a', 'a'], ['b'])],
  };
  const calls = (): OnnxModel => ({
    ...small(
      [
        { domain: '', version: 17n },
        { domain: 'own', version: 1n },
      ],
      node('Twice', ['x'], ['y'], {}, 'own'),
    ),
    functions: [{ ...twice, opsets: [{ domain: '', version: 17n }] }],
  });

  it('are kept and count as known', async () => {
    const read = readOnnx(writeOnnx(calls()));
    expect(read).toEqual(calls());
    checkRunnable(read);
    const session = await createSession(runtime, writeOnnx(read));
    const { y } = await session.run({ x: { type: 'float32', dims: [2], data: Float32Array.of(1, 2) } });
    await session.release();
    expect(y?.data).toEqual(Float32Array.of(2, 4));
  });
});
