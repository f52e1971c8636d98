import { describe, expect, it } from 'vitest';
import { seededRandom, studentQuantile } from '../../../../runtime/numerics/index.ts';
import {
  type AnsweredAnomalies,
  type AnsweredClasses,
  type AnsweredValues,
  compare,
  evaluateAnswers,
} from '../../../../runtime/training/index.ts';
import { CLASSES, VALUES } from './scikit-learn.ts';

const MODEL = { name: 'm', version: '1', digest: 'd' };
const OTHER = { name: 'm', version: '2', digest: 'e' };

/** Classes of which every row is certain. */
function certain(actual: readonly number[], guesses: readonly number[], groups?: readonly string[]): AnsweredClasses {
  const classes = ['a', 'b'];
  return {
    ...{ task: 'classification', rows: actual.length, ids: actual.map((_, row) => row + 1), classes },
    groups: groups ?? actual.map((_, row) => `run ${row}`),
    actual: Int32Array.from(actual),
    scores: Float64Array.from(guesses.flatMap((guess) => (guess === 0 ? [1, 0] : [0, 1]))),
  };
}

describe('a classification', () => {
  const rows = CLASSES.actual.length;
  const answered: AnsweredClasses = {
    ...{ task: 'classification', rows, ids: CLASSES.actual.map((_, row) => row), classes: ['a', 'b', 'c'] },
    ...{ groups: CLASSES.actual.map(() => ''), actual: Int32Array.from(CLASSES.actual) },
    scores: Float64Array.from(CLASSES.scores),
  };
  const { classification, mistakes } = evaluateAnswers(answered);
  if (!classification) throw new Error('no classification');

  it('has the figures of scikit-learn', () => {
    expect(classification.confusion).toEqual(CLASSES.confusion);
    expect(classification.accuracy.value).toBeCloseTo(CLASSES.accuracy, 12);
    expect(classification.balancedAccuracy.value).toBeCloseTo(CLASSES.balancedAccuracy, 12);
    expect(classification.logLoss).toBeCloseTo(CLASSES.logLoss, 12);
    for (const [index, { precision, recall, f1, rows: there }] of classification.perLabel.entries()) {
      expect([precision.value, recall.value, f1.value, there].map((value) => value.toFixed(12))).toEqual(
        [CLASSES.precision, CLASSES.recall, CLASSES.f1, CLASSES.support].map((values) => values[index]?.toFixed(12)),
      );
    }
    for (const [index, { area }] of classification.roc.entries())
      expect(area).toBeCloseTo(CLASSES.rocArea[index] ?? NaN, 12);
    for (const [index, { area }] of classification.precisionRecall.entries()) {
      expect(area).toBeCloseTo(CLASSES.averagePrecision[index] ?? NaN, 12);
    }
  });

  it('lists every mistake of few, the surest first, with what it was taken for', () => {
    const { confusion } = classification;
    const wrong = confusion.flatMap((line, truth) => line.filter((_, guess) => guess !== truth));
    expect(mistakes).toHaveLength(wrong.reduce((total, count) => total + count, 0));
    expect(mistakes.map(({ score }) => score)).toEqual(mistakes.map(({ score }) => score).sort((a, b) => b - a));
    expect(mistakes.every(({ actual, predicted }) => actual !== predicted)).toBe(true);
  });

  it('says how far the confidence can be believed', () => {
    // 80 % sure of everything, and right in 60 %.
    const actual = Array.from({ length: 100 }, (_, row) => (row % 5 < 3 ? 0 : 1));
    const sure = {
      ...certain(
        actual,
        actual.map(() => 0),
      ),
      scores: Float64Array.from(actual.flatMap(() => [0.8, 0.2])),
    };
    const { calibration } = evaluateAnswers(sure).classification ?? {};
    expect(calibration?.bins).toHaveLength(1);
    expect(calibration?.error).toBeCloseTo(0.2, 12);
  });

  it('draws curves of at most 101 points that begin and end where they must', () => {
    const random = seededRandom(3);
    const actual = Array.from({ length: 5000 }, () => (random() < 0.3 ? 1 : 0));
    const scores = Float64Array.from(
      actual.flatMap((truth) => {
        const score = 0.5 * random() + 0.3 * truth;
        return [1 - score, score];
      }),
    );
    const { roc } = evaluateAnswers({ ...certain(actual, actual), scores }).classification ?? {};
    const points = roc?.[1]?.points ?? [];
    expect(points.length).toBeLessThanOrEqual(101);
    expect(points.length).toBeGreaterThan(60);
    expect([points[0], points.at(-1)]).toEqual([
      { x: 0, y: 0 },
      { x: 1, y: 1 },
    ]);
  });

  it('keeps some of every confusion where there are more mistakes than it lists', () => {
    const actual = [...new Array<number>(1000).fill(0), ...new Array<number>(5).fill(1)];
    const { mistakes: listed } = evaluateAnswers(
      certain(
        actual,
        actual.map((truth) => 1 - truth),
      ),
    );
    expect(listed).toHaveLength(200);
    expect(listed.filter(({ actual: truth }) => truth === 'b')).toHaveLength(5);
  });
});

describe('an interval', () => {
  it('is not narrower than rows allow where all is right', () => {
    const actual = new Array<number>(20).fill(0).map((_, row) => row % 2);
    const { accuracy } = evaluateAnswers(certain(actual, actual)).classification ?? {};
    expect(accuracy).toMatchObject({ value: 1, high: 1 });
    expect(accuracy?.low).toBeCloseTo(0.8389, 3);
  });

  it('holds the truth in about 95 of 100 cases where the rows of a group are right or wrong together', () => {
    const random = seededRandom(11);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const trials = 600;
    let held = 0;
    let heldByRows = 0;
    for (let trial = 0; trial < trials; trial++) {
      const groups: string[] = [];
      const guesses: number[] = [];
      for (let group = 0; group < 12; group++) {
        const share = Math.min(1, Math.max(0, 0.8 + 0.1 * normal()));
        for (let row = 0; row < 100; row++) {
          groups.push(`run ${group}`);
          guesses.push(random() < share ? 0 : 1);
        }
      }
      const { accuracy } =
        evaluateAnswers(
          certain(
            guesses.map(() => 0),
            guesses,
            groups,
          ),
        ).classification ?? {};
      if (!accuracy) throw new Error('no accuracy');
      // The mean of the clipped normal shares, to three digits.
      const truth = 0.7992;
      if (accuracy.low <= truth && truth <= accuracy.high) held++;
      const half = 1.96 * Math.sqrt((accuracy.value * (1 - accuracy.value)) / guesses.length);
      if (Math.abs(accuracy.value - truth) <= half) heldByRows++;
    }
    expect(held / trials).toBeGreaterThan(0.92);
    expect(held / trials).toBeLessThan(0.99);
    // What counting rows would have promised.
    expect(heldByRows / trials).toBeLessThan(0.75);
  });

  it('multiplies by Student’s t, as scipy.stats.t.ppf(.975, n) has it', () => {
    const known = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706];
    for (const [index, value] of known.entries()) expect(studentQuantile(index + 1)).toBeCloseTo(value, 3);
    expect(studentQuantile(30)).toBeCloseTo(2.0423, 3);
    expect(studentQuantile(1e6)).toBeCloseTo(1.96, 3);
  });
});

describe('a regression', () => {
  const answered: AnsweredValues = {
    ...{ task: 'regression', rows: VALUES.actual.length, ids: VALUES.actual.map((_, row) => row) },
    ...{ groups: VALUES.actual.map(() => ''), actual: Float64Array.from(VALUES.actual) },
    predicted: Float64Array.from(VALUES.predicted),
  };

  it('has the figures of scikit-learn, each within its interval', () => {
    const { regression } = evaluateAnswers(answered);
    expect(regression?.r2.value).toBeCloseTo(VALUES.r2, 12);
    expect(regression?.mae.value).toBeCloseTo(VALUES.mae, 12);
    expect(regression?.rmse.value).toBeCloseTo(VALUES.rmse, 12);
    for (const { value, low, high } of [regression?.r2, regression?.mae, regression?.rmse].map(
      (each) => each ?? { value: NaN, low: NaN, high: NaN },
    )) {
      expect(low).toBeLessThan(value);
      expect(value).toBeLessThan(high);
    }
  });

  it('lists the largest residuals first', () => {
    const [worst] = evaluateAnswers(answered).mistakes;
    expect(Math.abs(worst?.score ?? 0)).toBeCloseTo(1.33, 10);
  });
});

describe('an anomaly detector', () => {
  const answered: AnsweredAnomalies = {
    ...{ task: 'anomaly', rows: 6, ids: [1, 2, 3, 4, 5, 6], groups: ['', '', '', '', '', ''] },
    ...{ scores: Float64Array.of(1, 2, 3, 9, 8, 2.5), threshold: 2.7, anomalous: Uint8Array.of(0, 0, 0, 1, 1, 1) },
  };

  it('is told by its false alarms, by what it finds and by the area under the curve', () => {
    const { anomaly, mistakes } = evaluateAnswers(answered);
    expect(anomaly?.falseAlarms.value).toBeCloseTo(1 / 3, 12);
    expect(anomaly?.found?.value).toBeCloseTo(2 / 3, 12);
    expect(anomaly?.roc?.area).toBeCloseTo(8 / 9, 12);
    expect(mistakes.map(({ id }) => id).sort()).toEqual([3, 6]);
    expect(anomaly?.histogram.reduce((total, { normal, anomalous }) => total + normal + anomalous, 0)).toBe(6);
  });

  it('is told by its false alarms alone where no anomaly is known', () => {
    const { anomaly } = evaluateAnswers({ ...answered, anomalous: new Uint8Array(6) });
    expect(anomaly?.found).toBeUndefined();
    expect(anomaly?.roc).toBeUndefined();
  });
});

describe('champion against challenger', () => {
  const truth = Array.from({ length: 400 }, (_, row) => row % 2);
  const wrongAt = (every: number) => truth.map((label, row) => (row % every === 0 ? 1 - label : label));
  const against = (before: AnsweredClasses, after: AnsweredClasses) =>
    compare({ model: MODEL, answered: before }, { model: OTHER, answered: after });

  it('says in words by how much the better one is better', () => {
    const { verdict, words, difference } = against(certain(truth, wrongAt(5)), certain(truth, wrongAt(20)));
    expect(verdict).toBe('better');
    expect(difference.value).toBeCloseTo(0.15, 12);
    expect(words).toMatch(/^better by 15\.0 ± 3\.\d points$/);
    expect(against(certain(truth, wrongAt(20)), certain(truth, wrongAt(5))).words).toMatch(/^worse by 15\.0 ± /);
  });

  it('finds no difference between equals, nor where five examples differ', () => {
    expect(against(certain(truth, truth), certain(truth, truth)).verdict).toBe('no difference');
    const five = truth.map((label, row) => (row < 5 ? 1 - label : label));
    const { verdict, words } = against(certain(truth, five), certain(truth, truth));
    expect(verdict).toBe('no difference');
    expect(words).toBe('no difference that 400 examples can show (1.3 ± 1.1 points)');
  });

  it('is slower to believe what only one group shows', () => {
    const groups = truth.map((_, row) => `run ${Math.floor(row / 100)}`);
    const inOne = truth.map((label, row) => (row < 30 ? 1 - label : label));
    expect(against(certain(truth, inOne, groups), certain(truth, truth, groups)).verdict).toBe('no difference');
    expect(against(certain(truth, inOne), certain(truth, truth)).verdict).toBe('better');
  });

  it('lets the challenger know other classes', () => {
    const after = certain(truth, truth);
    const wider = {
      ...after,
      classes: ['a', 'b', 'c'],
      scores: Float64Array.from(truth.flatMap((label) => [label === 0 ? 1 : 0, label, 0])),
    };
    expect(against(certain(truth, truth), wider).difference.value).toBe(0);
  });

  it('compares regressions by R², and detectors by the area under the curve', () => {
    const actual = Float64Array.from(VALUES.actual);
    const values = (predicted: Float64Array): AnsweredValues => ({
      ...{ task: 'regression', rows: 20, ids: [], groups: new Array<string>(20).fill(''), actual, predicted },
    });
    const poor = values(actual.map((value, row) => value + (row % 2 === 0 ? 3 : -3)));
    const better = compare(
      { model: MODEL, answered: poor },
      { model: OTHER, answered: values(Float64Array.from(VALUES.predicted)) },
    );
    expect(better.words).toMatch(/^better R² by 0\.\d{3} ± 0\.\d{3}$/);

    const random = seededRandom(2);
    const anomalous = Uint8Array.from({ length: 200 }, (_, row) => (row % 4 === 0 ? 1 : 0));
    const detector = (power: number): AnsweredAnomalies => ({
      ...{ task: 'anomaly', rows: 200, ids: [], groups: new Array<string>(200).fill(''), threshold: 1, anomalous },
      scores: Float64Array.from(anomalous, (strange) => random() + power * strange),
    });
    expect(compare({ model: MODEL, answered: detector(0) }, { model: OTHER, answered: detector(1) }).words).toMatch(
      /^better by \d\d\.\d ± \d/,
    );
  });

  it('refuses answers to other rows', () => {
    expect(() => against(certain(truth, truth), certain([0], [0]))).toThrow(RangeError);
  });
});
