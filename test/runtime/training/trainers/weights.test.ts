/** How much a row counts is heeded. */
import { describe, expect, it } from 'vitest';
import type { Trainer } from '../../../../runtime/training/fit/trainer.ts';
import type { LearningTask, Target, TrainingSet } from '../../../../runtime/training/fit/training-set.ts';
import { seededRandom } from '../../../../runtime/numerics/index.ts';
import { CASES, fit } from './support/cases.ts';

/** More than a tree of an isolation forest is grown from. */
const ROWS = 800;

/** Whether a row belongs to the second half: they take turns. */
const isSecond = (row: number) => row % 4 >= 2;

/**
 * Two halves that contradict each other: the same rows with other labels or values; of anomalies, a second place that is
 * normal too.
 */
function twoHalves({ takes }: Trainer, task: LearningTask, first: number, second: number): TrainingSet {
  const random = seededRandom(3);
  const [samples, width] = takes === 'window' ? [16, 16] : [0, 2];
  const values = new Float32Array(ROWS * width);
  const codes = new Int32Array(ROWS);
  for (let row = 0; row < ROWS; row++) {
    const place = row % 2 === 0 ? 3 : -3;
    codes[row] = isSecond(row) ? 1 - (row % 2) : row % 2;
    const far = isSecond(row) ? 50 : 0;
    for (let at = 0; at < width; at++) values[row * width + at] = task === 'anomaly' ? far + random() : place;
  }
  const targets: Record<LearningTask, Target> = {
    classification: { task: 'classification', classes: ['low', 'high'], codes },
    regression: { task: 'regression', values: Float64Array.from(codes, (code) => 100 * code) },
    anomaly: { task: 'anomaly' },
  };
  return {
    ...{ rows: ROWS, width, values },
    columns: takes === 'window' ? ['x'] : ['x', 'y'],
    ...(samples > 0 && { window: { rate: 10, samples } }),
    target: targets[task],
    weights: Float64Array.from({ length: ROWS }, (_, row) => (isSecond(row) ? second : first)),
  };
}

describe.each(CASES)('$title', ({ trainer, task }) => {
  if (task === 'anomaly') {
    it.each([
      [1e-9, 'anomalous', 1],
      [1, 'normal', 0],
    ])('takes what has the weight %d to be %s', (weight, _, expected) => {
      const set = twoHalves(trainer, task, 1, weight);
      const { predict, threshold = NaN } = fit(trainer, set);
      const scores = predict(set.values, set.rows).filter((_, row) => isSecond(row));
      const share = scores.filter((score) => score > threshold).length / scores.length;
      expect(Math.abs(share - expected)).toBeLessThan(0.1);
    });
  } else {
    it.each([
      ['first', 1, 0.001, 0],
      ['second', 0.001, 1, 100],
    ])('believes the %s half where that weighs more', (_, first, second, expected) => {
      const set = twoHalves(trainer, task, first, second);
      // The first row: of the first class and the value 0 in the first half, and the contrary in the second.
      const answers = fit(trainer, set).predict(set.values, set.rows);
      const said = task === 'classification' ? 100 * (answers[1] ?? NaN) : (answers[0] ?? NaN);
      expect(Math.abs(said - expected)).toBeLessThan(25);
    });
  }
});
