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

describe.each(CASES)('the ONNX of $title', (each) => {
  let inference: Inference;
  beforeAll(() => {
    inference = createInference({ clock: systemClock, tier: 'native', thread: 'here' });
  });
  afterAll(() => inference.close());

  it('is answered alike by ONNX Runtime and taken by the checker of Python', { timeout: 120_000 }, async () => {
    const { problems, files } = await holdToOnnx(inference, each, MODELS);
    expect(problems).toEqual([]);
    if (pythonHas('onnx')) expect(checkOnnx(files)).toEqual([]);
  });
});
