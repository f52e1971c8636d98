/** What the trainers learn, beside what scikit-learn learns from the same rows. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TrainerName } from '../../runtime/messages/index.ts';
import type { TrainingSet } from '../../runtime/training/fit/training-set.ts';
import { TRAINERS } from '../../runtime/training/trainers/catalogue.ts';
import { calm, fit } from '../runtime/training/trainers/support/cases.ts';
import { classificationSplit, regressionSplit, type SplitSet } from '../runtime/training/trainers/support/data-set.ts';
import { accuracy, determination } from '../runtime/training/trainers/support/figures.ts';
import { python, pythonHas } from '../runtime/training/trainers/support/python.ts';

interface Found {
  readonly logistic: number[][];
  readonly weighted: number[][];
  readonly neighbours: number[][];
  readonly tree: number;
  readonly inertia: number;
  readonly one: number[];
  readonly three: number;
  readonly distances: number[];
}

interface FoundValues {
  readonly ridge: number[];
  readonly weighted: number[];
  readonly chosen: number[];
  readonly neighbours: number[];
  readonly tree: number;
}

const CLASSES = ['iris', 'wine', 'breast-cancer', 'digits'] as const;
const CLOUDS = ['iris', 'wine'] as const;

const splits = new Map<string, SplitSet>([
  ...CLASSES.map((name) => [name, classificationSplit(name)] as const),
  ['diabetes', regressionSplit('diabetes')],
]);
const splitOf = (name: string) => splits.get(name) as SplitSet;

function trained(name: TrainerName, set: TrainingSet, settings: object = {}) {
  const trainer = TRAINERS[name];
  if (!trainer) throw new Error(`there is no trainer ${name}`);
  return fit(trainer, set, calm(), settings);
}

const asAnomaly = (set: TrainingSet): TrainingSet => ({ ...set, target: { task: 'anomaly' } });

function rowsOf({ rows, width, values }: TrainingSet): number[][] {
  return Array.from({ length: rows }, (_, row) => [...values.subarray(row * width, (row + 1) * width)]);
}

function targetsOf({ target }: TrainingSet): number[] {
  if (target.task === 'classification') return [...target.codes];
  return target.task === 'regression' ? [...target.values] : [];
}

/** The largest difference to what is expected. */
const apart = (answers: Float64Array, expected: readonly number[]) => {
  expect(answers).toHaveLength(expected.length);
  return answers.reduce((most, value, at) => Math.max(most, Math.abs(value - (expected[at] ?? NaN))), 0);
};

const usable = pythonHas('sklearn');

describe.runIf(usable)('beside scikit-learn', () => {
  const script = readFileSync(new URL('./scikit-learn/compare.py', import.meta.url), 'utf8');
  const told = Object.fromEntries(
    [...splits].map(([name, { train, test }]) => [
      name,
      { train: rowsOf(train), targets: targetsOf(train), test: rowsOf(test), expected: targetsOf(test) },
    ]),
  );
  const found = usable ? (python(script, told) as Record<string, unknown>) : {};
  const of = (name: string) => found[name] as Found;
  const values = found['diabetes'] as FoundValues;

  it.each(CLASSES)('logistic regression gives the same probabilities on %s', (name) => {
    const { train, test } = splitOf(name);
    const plain = trained('logistic-regression', train).predict(test.values, test.rows);
    expect(apart(plain, of(name).logistic.flat())).toBeLessThan(2e-3);
    const weights = Float64Array.from(targetsOf(train), (code) => (code === 0 ? 3 : 0.5));
    const weighted = trained('logistic-regression', { ...train, weights }).predict(test.values, test.rows);
    expect(apart(weighted, of(name).weighted.flat())).toBeLessThan(2e-3);
  });

  it.each(CLASSES)('the nearest neighbours vote alike on %s', (name) => {
    const { train, test } = splitOf(name);
    const votes = trained('nearest-neighbours', train).predict(test.values, test.rows);
    const expected = of(name).neighbours.flat();
    // Among rows that are equally near either may be asked.
    const other = votes.filter((vote, at) => Math.abs(vote - (expected[at] ?? NaN)) > 1e-9);
    expect(other.length / votes.length).toBeLessThan(0.01);
  });

  it.each(CLASSES)('a decision tree is as accurate on %s', (name) => {
    const { train, test } = splitOf(name);
    const { tree } = of(name);
    const standardError = Math.sqrt((tree * (1 - tree)) / test.rows);
    expect(accuracy(trained('decision-tree', train), test)).toBeGreaterThanOrEqual(tree - standardError);
  });

  it.each(CLASSES)('k-means lies as near to the rows of %s', (name) => {
    const { train } = splitOf(name);
    const distances = trained('k-means', asAnomaly(train), { centres: 4, restarts: 10 }).predict(
      train.values,
      train.rows,
    );
    const inertia = distances.reduce((sum, distance) => sum + distance * distance, 0);
    expect(inertia).toBeLessThanOrEqual(1.02 * of(name).inertia);
  });

  it.each(CLOUDS)('Gaussians make %s as likely', (name) => {
    const { train, test } = splitOf(name);
    const one = trained('gaussian-mixture', asAnomaly(train), { components: 1 });
    expect(
      apart(
        one.predict(test.values, test.rows).map((score) => -score),
        of(name).one,
      ),
    ).toBeLessThan(1e-3);
    const three = trained('gaussian-mixture', asAnomaly(train), { components: 3 });
    const likelihood = three.predict(train.values, train.rows).reduce((sum, score) => sum - score / train.rows, 0);
    expect(likelihood).toBeGreaterThanOrEqual(of(name).three - 0.3);
  });

  it.each(CLOUDS)('Mahalanobis distances are the same on %s', (name) => {
    const { train, test } = splitOf(name);
    const { predict } = trained('mahalanobis', asAnomaly(train), { shrinkage: 0.1 });
    expect(apart(predict(test.values, test.rows), of(name).distances)).toBeLessThan(1e-4);
  });

  it('ridge predicts the same, weighted or not, and chooses as good a penalty', () => {
    const { train, test } = splitOf('diabetes');
    const predicted = (settings: object, set = train) =>
      trained('ridge', set, settings).predict(test.values, test.rows);
    expect(apart(predicted({ alpha: 10 }), values.ridge)).toBeLessThan(1e-2);
    const weights = Float64Array.from({ length: train.rows }, (_, row) => 0.5 + (row % 3));
    expect(apart(predicted({ alpha: 10 }, { ...train, weights }), values.weighted)).toBeLessThan(1e-2);
    expect(apart(predicted({}), values.chosen)).toBeLessThan(5);
  });

  it('neighbours and trees predict values alike', () => {
    const { train, test } = splitOf('diabetes');
    const answers = trained('nearest-neighbours', train).predict(test.values, test.rows);
    expect(apart(answers, values.neighbours)).toBeLessThan(1e-9);
    expect(determination(trained('decision-tree', train), test)).toBeGreaterThanOrEqual(values.tree - 0.05);
  });
});
