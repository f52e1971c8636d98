/** What is special to trees: where they split, what they make of weights and held-out rows, and how they are written. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../../runtime/base/index.ts';
import { createInference, type Inference } from '../../../../../runtime/inference/index.ts';
import { compile } from '../../../../../runtime/inference/compiled/index.ts';
import { seededRandom } from '../../../../../runtime/numerics/index.ts';
import { readOnnx } from '../../../../../runtime/onnx-format/index.ts';
import { selectRows, type TrainingSet } from '../../../../../runtime/training/fit/training-set.ts';
import { decisionTree } from '../../../../../runtime/training/trainers/decision-tree/decision-tree.ts';
import { gradientBoosting } from '../../../../../runtime/training/trainers/gradient-boosting/gradient-boosting.ts';
import { isolationForest } from '../../../../../runtime/training/trainers/isolation-forest/isolation-forest.ts';
import { randomForest } from '../../../../../runtime/training/trainers/random-forest/random-forest.ts';
import { binColumns } from '../../../../../runtime/training/trainers/trees/bins.ts';
import { calm, fit } from '../support/cases.ts';
import { classificationSplit, regressionSplit } from '../support/data-set.ts';
import { accuracy, determination } from '../support/figures.ts';
import { differences, onnxAnswers } from '../support/onnx-answers.ts';

let inference: Inference;
beforeAll(() => (inference = createInference({ clock: systemClock })));
afterAll(() => inference.close());

const CLASSIFIERS = [decisionTree, randomForest, gradientBoosting];

const setOf = (width: number, values: Float32Array, codes: Int32Array, classes = ['a', 'b']): TrainingSet => ({
  ...{ rows: codes.length, width, values, columns: Array.from({ length: width }, (_, at) => `f${at}`) },
  target: { task: 'classification', classes, codes },
});
const labelsOf = (answers: Float64Array) =>
  Array.from({ length: answers.length / 2 }, (_, row) => Number((answers[2 * row + 1] ?? 0) > (answers[2 * row] ?? 0)));

/** Float32 numbers, each the next one after the last. */
function neighbours(from: number, count: number): Float32Array {
  const values = Float32Array.of(...Array.from({ length: count }, () => from));
  const bits = new Int32Array(values.buffer);
  for (let at = 0; at < count; at++) bits[at] = (bits[at] ?? 0) + at;
  return values;
}

describe('a split', () => {
  it.each([1, 16_777_216, -3.5e-39, 3.4e38, -1e-3])(
    'parts numbers that no other lies between, near %d, in every runtime alike',
    async (from) => {
      const values = neighbours(from, 40);
      const set = setOf(
        1,
        values,
        Int32Array.from(values, (_, at) => Number(at >= 20)),
      );
      const settings = { leaf: 1 };
      for (const trainer of [decisionTree, gradientBoosting]) {
        const fitted = fit(trainer, set, calm(), settings);
        const expected = Array.from(values, (_, at) => Number(at >= 20));
        expect(labelsOf(fitted.predict(values, 40))).toEqual(expected);
        const answers = await onnxAnswers(inference, fitted, set, values);
        expect(answers.labels).toEqual(expected);
      }
    },
  );

  it('lies in the middle of what it parts, and takes -0 for 0', () => {
    const set = setOf(1, Float32Array.of(-0, 0, 0, 8, 8, 8), Int32Array.of(0, 0, 0, 1, 1, 1));
    const { predict } = fit(decisionTree, set);
    expect(labelsOf(predict(Float32Array.of(-0, 0, 3.9, 4.1, 9), 5))).toEqual([0, 0, 0, 1, 1]);
  });

  it('is found among more different values than there are bins', () => {
    const random = seededRandom(3);
    const values = Float32Array.from({ length: 20_000 }, () => random() ** 4 * 1000 - 5);
    const bins = binColumns(values, 20_000, 1, () => true);
    expect(bins.counts[0]).toBeLessThanOrEqual(256);
    const sizes = new Int32Array(bins.counts[0] ?? 0);
    for (const bin of bins.of) sizes[bin] = (sizes[bin] ?? 0) + 1;
    expect(Math.max(...sizes)).toBeLessThan(160);
    for (const [row, bin] of bins.of.entries()) {
      expect(values[row]).toBeGreaterThanOrEqual(bins.low[bin] ?? NaN);
      expect(values[row]).toBeLessThanOrEqual(bins.high[bin] ?? NaN);
    }
    expect(bins.high.slice(0, -1).every((high, bin) => high < (bins.low[bin + 1] ?? NaN))).toBe(true);
  });
});

describe('what was learnt', () => {
  it.each(CLASSIFIERS)('by $name of classes that never differ is the commonest', async (trainer) => {
    // Also where ONNX Runtime would take a small positive sum for an unlikely class.
    for (const common of [11, 12, 19]) {
      const codes = Int32Array.from({ length: 20 }, (_, row) => Number(row < common));
      const set = setOf(2, new Float32Array(40).fill(7), codes);
      const answers = await onnxAnswers(inference, fit(trainer, set), set, Float32Array.of(7, 7, 0, 1));
      expect(answers.labels).toEqual([1, 1]);
      expect(answers.numbers[1]).toBeCloseTo(common / 20, 0);
    }
  });

  it.each([randomForest, gradientBoosting, decisionTree, isolationForest])(
    'by $name is taken by the compiled tier, with answers that are its own',
    (trainer) => {
      const { train, test } = classificationSplit('wine');
      const set: TrainingSet = trainer === isolationForest ? { ...train, target: { task: 'anomaly' } } : train;
      const fitted = fit(trainer, set);
      const { name = '' } = fitted.outputs.at(-1) ?? {};
      const answers = compile(readOnnx(fitted.onnx())).run({
        features: { type: 'float32', dims: [test.rows, test.width], data: test.values },
      });
      const own = fitted.predict(test.values, test.rows);
      const compiled = answers[name]?.data as Float32Array;
      expect(own.every((value, at) => Math.abs(value - (compiled[at] ?? NaN)) < 1e-6)).toBe(true);
    },
  );

  it('is small where there is much to learn from', () => {
    const random = seededRandom(5);
    const values = Float32Array.from({ length: 60_000 }, random);
    const set = setOf(
      3,
      values,
      Int32Array.from({ length: 20_000 }, () => Number(random() < 0.5)),
    );
    // Leaves of one row of mere chance would take some ten thousand nodes a tree.
    expect(fit(randomForest, set, calm(), { trees: 5 }).onnx().length).toBeLessThan(2_000_000);
  });
});

describe('weights', () => {
  it.each([0, 1, 2, 3])('count as often as a row is there (%i)', (seed) => {
    const { train } = classificationSplit('wine');
    const random = seededRandom(seed);
    const times = Float64Array.from({ length: train.rows }, () => Math.floor(random() * 4));
    const repeated = selectRows(
      train,
      Array.from(times.entries()).flatMap(([row, count]) => Array.from({ length: count }, () => row)),
    );
    const settings = { leaf: 1 };
    const weighted = fit(decisionTree, { ...train, weights: times }, calm(), settings);
    expect(weighted.predict(train.values, train.rows)).toEqual(
      fit(decisionTree, repeated, calm(), settings).predict(train.values, train.rows),
    );
  });

  it.each(CLASSIFIERS)('bring what is rare to light in a model by $name', (trainer) => {
    const rare = (seed: number): TrainingSet => {
      const random = seededRandom(seed);
      const codes = Int32Array.from({ length: 1000 }, (_, row) => Number(row % 20 === 0));
      return setOf(
        2,
        Float32Array.from({ length: 2000 }, (_, at) => random() + random() + 0.5 * (codes[at >> 1] ?? 0)),
        codes,
      );
    };
    const [set, test] = [rare(9), rare(10)];
    const weights = Float64Array.from({ length: 1000 }, (_, row) => (row % 20 === 0 ? 19 : 1));
    const found = (given: TrainingSet) => {
      const labels = labelsOf(fit(trainer, given, calm(), { leaf: 20, iterations: 10 }).predict(test.values, 1000));
      return labels.filter((label, row) => label === 1 && row % 20 === 0).length;
    };
    expect(found({ ...set, weights })).toBeGreaterThan(found(set) + 10);
  });
});

describe('a tree by itself', () => {
  it.each([
    ['iris', 0.9],
    ['wine', 0.88],
    ['breast-cancer', 0.92],
    ['digits', 0.83],
  ])('tells apart %s', (name, least) => {
    const { train, test } = classificationSplit(name);
    expect(accuracy(fit(decisionTree, train), test)).toBeGreaterThanOrEqual(least);
  });

  it('does not learn by heart: it explains rows that it has not seen', () => {
    const { train, test } = regressionSplit('diabetes');
    expect(determination(fit(decisionTree, train), test)).toBeGreaterThan(0.2);
    // Unpruned it explains less than the mean does.
    expect(determination(fit(decisionTree, train, calm(), { pruning: 0 }), test)).toBeLessThan(0.1);
  });

  it('is the smaller the more each answer must explain', () => {
    const { train } = classificationSplit('digits');
    const sizes = [0, 0.002, 0.02, 1].map((pruning) => fit(decisionTree, train, calm(), { pruning }).onnx().length);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(fit(decisionTree, train, calm(), { pruning: 1 }).words).toBe('1 tree, 1 node');
  });
});

describe('boosting with held-out rows', () => {
  const noisy = (rows: number, seed: number): TrainingSet => {
    const random = seededRandom(seed);
    const values = Float32Array.from({ length: rows * 4 }, random);
    const codes = Int32Array.from({ length: rows }, (_, row) => Number((values[4 * row] ?? 0) + random() > 1));
    return setOf(4, values, codes);
  };
  const treesOf = (words: string) => Number(words.split(' ')[0]);

  it('stops where they gain nothing any more, and is better for it', () => {
    const [train, held, test] = [noisy(600, 1), noisy(600, 2), noisy(4000, 3)];
    const [stopped, full] = [fit(gradientBoosting, train, calm(1, held)), fit(gradientBoosting, train)];
    expect(treesOf(stopped.words)).toBeLessThan(60);
    expect(treesOf(full.words)).toBe(100);
    expect(logLoss(stopped.predict(test.values, test.rows), test)).toBeLessThan(
      logLoss(full.predict(test.values, test.rows), test),
    );
  });

  it('goes on where they gain', () => {
    const { train, test } = classificationSplit('digits');
    const { words } = fit(gradientBoosting, train, calm(1, test), { iterations: 20 });
    expect(treesOf(words)).toBe(200);
  });

  it('is written as it was left', async () => {
    const [train, held] = [noisy(300, 4), noisy(300, 5)];
    const fitted = fit(gradientBoosting, train, calm(1, held), { patience: 1 });
    const answers = await onnxAnswers(inference, fitted, train, held.values);
    expect(differences(train, fitted, held.values, answers)).toEqual([]);
  });
});

function logLoss(answers: Float64Array, { target, rows }: TrainingSet): number {
  const codes = target.task === 'classification' ? target.codes : [];
  return Array.from(codes).reduce((sum, code, row) => sum - Math.log(answers[2 * row + code] ?? NaN), 0) / rows;
}
