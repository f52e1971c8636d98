/** Every trainer on many random data sets: what it writes is answered by ONNX Runtime as by the training itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../runtime/base/index.ts';
import { createInference, type Inference } from '../../runtime/inference/index.ts';
import { CASES } from '../runtime/training/trainers/support/cases.ts';
import { checkOnnx } from '../runtime/training/trainers/support/check-onnx.ts';
import { holdToOnnx } from '../runtime/training/trainers/support/hold-to-onnx.ts';
import { pythonHas } from '../runtime/training/trainers/support/python.ts';

const MODELS = 200;
const checked = pythonHas('onnx');

describe.each(CASES)('200 models of $title', (each) => {
  let inference: Inference;
  beforeAll(() => {
    inference = createInference({ clock: systemClock, tier: 'native', thread: 'here' });
  });
  afterAll(() => inference.close());

  it('answer in ONNX Runtime as they were trained', async () => {
    const { problems, files } = await holdToOnnx(inference, each, MODELS);
    expect(files.size).toBe(MODELS);
    expect(problems).toEqual([]);
    if (checked) expect(checkOnnx(files)).toEqual([]);
  });
});
