/** What was learnt answers messages, without anything being set. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createInference, type Inference } from '../../../../runtime/inference/index.ts';
import { outputsOf, type TrainingSet } from '../../../../runtime/training/fit/training-set.ts';
import { CASES, fit } from './support/cases.ts';
import { packageOf } from './support/onnx-answers.ts';
import { otherRows, randomSet } from './support/random-set.ts';

/** A row as a message brings it: named features in another order, or a window with its channels in another order. */
function payloadOf({ width, columns, window }: TrainingSet, values: Float32Array, row: number): unknown {
  const own = values.subarray(row * width, (row + 1) * width);
  if (!window) return Object.fromEntries(columns.map((name, at) => [name, own[at]]).toReversed());
  const { samples, rate } = window;
  const channels = columns.length;
  const data = new Float32Array(own.length);
  for (let sample = 0; sample < samples; sample++) {
    for (let channel = 0; channel < channels; channel++) {
      data[sample * channels + (channels - 1 - channel)] = own[sample * channels + channel] ?? NaN;
    }
  }
  return { channels: columns.toReversed(), rate, start: 0, data, shape: [samples, channels] };
}

/** With classes called 1, 2, 3 …, as a machine numbers its states: none is called what its place is. */
function numbered(set: TrainingSet): TrainingSet {
  const { target } = set;
  if (target.task !== 'classification') return set;
  return { ...set, target: { ...target, classes: target.classes.map((_, code) => String(code + 1)) } };
}

function numbersOf(payload: object, { target }: TrainingSet): number[] {
  if ('scores' in payload && target.task === 'classification') {
    return target.classes.map((name) => (payload.scores as Record<string, number>)[name] ?? NaN);
  }
  if ('value' in payload) return [Number(payload.value)];
  return 'score' in payload ? [Number(payload.score)] : [];
}

/** Each is trained once, and answers by every tier. */
const learnt = CASES.map(({ trainer, task, title }) => {
  const set = numbered(randomSet({ trainer, task, seed: 11, rows: 80, width: 5, kind: 'clouds', weighted: false }));
  return { title, set, fitted: fit(trainer, set) };
});

describe.each([undefined, 'native', 'wasm'] as const)('where models run by tier %s', (tier) => {
  let inference: Inference;
  beforeAll(() => {
    inference = createInference({ clock: systemClock, ...(tier && { tier }) });
  });
  afterAll(() => inference.close());

  it.each(learnt)('$title answers messages as it was trained', async ({ set, fitted }) => {
    const predictor = await inference.open(packageOf(fitted, set));
    try {
      const asked = otherRows(set, 12, 2);
      const outputs = outputsOf(set.target);
      const own = fitted.predict(asked, 12);
      for (let row = 0; row < 12; row++) {
        const { payload } = await predictor.predict(payloadOf(set, asked, row));
        const expected = [...own.subarray(row * outputs, (row + 1) * outputs)];
        const size = Math.max(1, ...expected.map(Math.abs));
        const numbers = numbersOf(payload, set);
        expect(numbers).toHaveLength(outputs);
        for (const [at, number] of numbers.entries()) {
          expect(Math.abs(number - (expected[at] ?? NaN))).toBeLessThanOrEqual(1e-5 * size);
        }
        if ('anomalous' in payload) expect(payload.anomalous).toBe((expected[0] ?? NaN) > (fitted.threshold ?? NaN));
        if ('label' in payload && set.target.task === 'classification') {
          expect(payload.confidence).toBeGreaterThanOrEqual(Math.max(...expected) - 2e-5);
        }
      }
    } finally {
      await predictor.close();
    }
  });
});
