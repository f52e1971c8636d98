/** A model's file is held against the training before it is stored. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createInference, type Inference } from '../../../../runtime/inference/index.ts';
import { checkRows } from '../../../../runtime/training/package/check-rows.ts';
import { TRAINERS } from '../../../../runtime/training/trainers/catalogue.ts';
import { calm, fit } from '../trainers/support/cases.ts';
import { packageOf } from '../trainers/support/onnx-answers.ts';
import { classificationSplit } from '../trainers/support/data-set.ts';

describe('a model that was written', () => {
  let inference: Inference;
  beforeAll(() => {
    inference = createInference({ clock: systemClock, tier: 'native', thread: 'here' });
  });
  afterAll(() => inference.close());

  const { train } = classificationSplit('iris');
  const fitted = (settings: object) => {
    const trainer = TRAINERS['logistic-regression'];
    if (!trainer) throw new Error('there is no logistic regression');
    return fit(trainer, train, calm(), settings);
  };

  it('is asked every row, and the largest difference is told', async () => {
    const right = fitted({});
    const said: number[] = [];
    const step = (done: number) => void said.push(done);
    expect(await checkRows(inference, packageOf(right, train), right, train, step)).toBeLessThan(1e-5);
    expect(said.at(-1)).toBe(1);
  });

  it('is found out where it answers otherwise', async () => {
    const [right, other] = [fitted({}), fitted({ inversePenalty: 0.001 })];
    await expect(checkRows(inference, packageOf(other, train), right, train)).rejects.toMatchObject({
      code: 'MODEL_DISAGREES',
      message: expect.stringMatching(/^row 0: ONNX Runtime gives "setosa"/) as string,
    });
  });
});
