/** Whatever is to be learnt from: there is a model that answers as ONNX Runtime does, or an error that says what to do. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MillraceError, systemClock } from '../../../../runtime/base/index.ts';
import { createInference, type Inference } from '../../../../runtime/inference/index.ts';
import { selectRows, type TrainingSet } from '../../../../runtime/training/fit/training-set.ts';
import { CASES, fit } from './support/cases.ts';
import { differences, onnxAnswers } from './support/onnx-answers.ts';
import { randomSet } from './support/random-set.ts';

type Change = (set: TrainingSet) => TrainingSet;

const changed =
  (change: (value: number, at: number, width: number) => number): Change =>
  (set) => ({ ...set, values: set.values.map((value, at) => change(value, at, set.width)) });

const ODD: readonly (readonly [what: string, change: Change])[] = [
  ['features that never change', changed(() => 0.1)],
  ['one feature that never changes', changed((value, at, width) => (at % width === 0 ? 7 : value))],
  ['rows that are all alike but one', changed((value, at, width) => (at < width ? value : 1))],
  ['two rows', (set) => selectRows(set, [0, 1])],
  ['one row', (set) => selectRows(set, [0])],
  ['numbers that are very large', changed((value) => value * 1e30)],
  ['numbers that are very small', changed((value) => value * 1e-30)],
  ['small changes of large numbers', changed((value) => 1e6 + value)],
  ['every row twice', (set) => selectRows(set, [...Array(set.rows).keys(), ...Array(set.rows).keys()])],
  ['a class without rows', (set) => sameTarget(set, 0)],
  ['rows that do not count', (set) => ({ ...set, weights: new Float64Array(set.rows).fill(1, 4) })],
  [
    'weights of very different size',
    (set) => ({ ...set, weights: Float64Array.from({ length: set.rows }, (_, row) => 10 ** (row % 7)) }),
  ],
];

/** Every row has the same class, or the same value. */
function sameTarget(set: TrainingSet, code: number): TrainingSet {
  const { target, rows } = set;
  if (target.task === 'classification')
    return { ...set, target: { ...target, codes: new Int32Array(rows).fill(code) } };
  if (target.task === 'regression') return { ...set, target: { ...target, values: new Float64Array(rows).fill(3) } };
  return set;
}

describe.each(CASES)('$title', { timeout: 120_000 }, ({ trainer, task }) => {
  let inference: Inference;
  beforeAll(() => {
    inference = createInference({ clock: systemClock, tier: 'native', thread: 'here' });
  });
  afterAll(() => inference.close());

  /** @returns what is wrong with what comes of it */
  async function outcome(set: TrainingSet): Promise<string[]> {
    try {
      const fitted = fit(trainer, set);
      const answers = fitted.predict(set.values, set.rows);
      if (!answers.every(Number.isFinite)) return ['it answers what is no number'];
      return differences(set, fitted, set.values, await onnxAnswers(inference, fitted, set, set.values));
    } catch (thrown) {
      if (!(thrown instanceof MillraceError)) throw thrown;
      return thrown.hint.length > 20 ? [] : [`${thrown.code} without a hint`];
    }
  }

  it.each(ODD)('%s', async (_, change) => {
    const set = randomSet({ trainer, task, seed: 8, kind: 'clouds', weighted: false, rows: 40, width: 4, classes: 3 });
    expect(await outcome(change(set))).toEqual([]);
  });

  it.runIf(trainer.takes === 'features')('a single feature', async () => {
    expect(await outcome(randomSet({ trainer, task, seed: 9, rows: 60, width: 1 }))).toEqual([]);
  });

  it.runIf(trainer.takes === 'features')('ten thousand features of twenty rows', async () => {
    expect(await outcome(randomSet({ trainer, task, seed: 10, rows: 20, width: 10_000, classes: 2 }))).toEqual([]);
  });
});
