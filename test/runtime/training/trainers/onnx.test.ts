/** What is written as ONNX answers as the training itself does. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createInference, type Inference } from '../../../../runtime/inference/index.ts';
import { CASES } from './support/cases.ts';
import { checkOnnx } from './support/check-onnx.ts';
import { holdToOnnx } from './support/hold-to-onnx.ts';
import { pythonHas } from './support/python.ts';

/** test/long tries more. */
const MODELS = 12;

describe('what is written as ONNX', () => {
  const written = new Map<string, Uint8Array>();
  let inference: Inference;
  beforeAll(() => {
    inference = createInference({ clock: systemClock, tier: 'native', thread: 'here' });
  });
  afterAll(() => inference.close());

  it.each(CASES)('is answered alike by ONNX Runtime: $title', async (each) => {
    const { problems, files } = await holdToOnnx(inference, each, MODELS);
    expect(problems).toEqual([]);
    for (const [name, bytes] of files) written.set(name, bytes);
  });

  it.runIf(pythonHas('onnx'))('is taken by the checker of Python', () => {
    expect(written.size).toBe(CASES.length * MODELS);
    expect(checkOnnx(written)).toEqual([]);
  });
});
