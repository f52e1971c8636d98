import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { seededRandom } from '../../../../runtime/numerics/index.ts';
import { failure, learn, loaded, reference, twoKinds } from './examples.ts';

const quick = { trainer: 'logistic-regression' } as const;

describe('training on reference data', () => {
  it('learns numbers where labels are numbers, with folds beside the test', async () => {
    const { report, pkg } = await learn(await reference('diabetes'), { folds: 3, trainer: 'ridge' });
    expect(report.task).toBe('regression');
    expect(report.evaluation.regression?.r2.value).toBeGreaterThan(0.3);
    expect(report.folds?.values).toHaveLength(3);
    expect(pkg.manifest).toMatchObject({ task: 'regression', metrics: { r2: report.evaluation.regression?.r2.value } });
  });

  it('learns what is normal where nothing is labelled', async () => {
    const examples = await reference('iris');
    const { report, pkg } = await learn({ ...examples, labels: examples.labels.map(() => null) });
    expect(report).toMatchObject({ task: 'anomaly', trainer: { name: 'mahalanobis' } });
    expect(report.why).toMatch(/no known anomaly was there to compare by\.$/);
    expect(pkg.manifest.threshold).toBeGreaterThan(0);
    expect(report.evaluation.anomaly?.falseAlarms.value).toBeLessThan(0.2);
  });

  it('learns only from rows that are labelled as normal, and tests on the others too', async () => {
    const examples = await reference('breast-cancer');
    const labels = examples.labels.map((label) => (label === 'benign' ? 'healthy' : 'ill'));
    const { report, learnt } = await learn({ ...examples, labels }, { task: 'anomaly' });
    expect(Array.from(learnt).every((id) => labels[id - 1] === 'healthy')).toBe(true);
    expect(report.evaluation.anomaly?.roc?.area).toBeGreaterThan(0.9);
    expect(report.tried.every(({ score = 0 }) => score > 0.5)).toBe(true);
  });

  it('takes the most common label for normal where none says so, and says that it did', async () => {
    const examples = twoKinds(60);
    const labels = examples.labels.map((_, row) => (row % 3 === 0 ? 'b' : 'a'));
    const { report } = await learn({ ...examples, labels }, { task: 'anomaly', trainer: 'mahalanobis' });
    expect(report.findings.find(({ code }) => code === 'NORMAL_ASSUMED')?.message).toContain('"a"');
  });

  it('takes most examples for normal where most have no label, and a few labelled ones for anomalies', async () => {
    const examples = twoKinds(60);
    const labels = examples.labels.map((_, row) => (row % 6 === 1 ? 'worn bearing' : null));
    const { report, learnt } = await learn({ ...examples, labels }, { task: 'anomaly', trainer: 'mahalanobis' });
    expect(Array.from(learnt).every((id) => labels[id - 1] === null)).toBe(true);
    expect(report.findings.find(({ code }) => code === 'NORMAL_ASSUMED')?.message).toContain('50 examples without');
  });
});

describe('the rows that a model is tested on', () => {
  const inGroups = (groups: number) => {
    const examples = twoKinds(20 * groups);
    return { ...examples, groups: examples.labels.map((_, row) => `run ${Math.floor(row / 20)}`) };
  };

  it('are whole groups, where every label has several', async () => {
    const examples = inGroups(8);
    const { report, learnt } = await learn(examples, quick);
    expect(report.split).toBe('Tested on 40 of 160 examples: 2 of 8 groups that the model never saw.');
    const seen = new Set(Array.from(learnt, (id) => examples.groups[id - 1]));
    expect(seen.size).toBe(6);
  });

  it('are the last part of each recording, where there is time but one group', async () => {
    const examples = twoKinds(80);
    const { report, learnt } = await learn({ ...examples, times: Float64Array.from(examples.ids) }, quick);
    expect(report.split).toBe('Tested on 20 of 80 examples: the last 25 % of every run.');
    expect(Math.max(...learnt)).toBe(60);
  });

  it('are every k-th of each label otherwise: of a fifth the rows 5, 10, 15 …', async () => {
    const { report, learnt } = await learn(await reference('iris'), { ...quick, testShare: 0.2 });
    expect(report.evaluation.rows).toBe(30);
    expect(Array.from(learnt).some((id) => id % 5 === 0)).toBe(false);
  });
});

describe('bad input', () => {
  const with_ = (labels: readonly (string | number | null)[]) => ({ ...twoKinds(labels.length), labels });

  it('is refused with what to do', async () => {
    const labels = twoKinds(40).labels;
    expect(await failure(with_(labels.map(() => 'well')))).toBe('LABELS_TOO_FEW');
    expect(await failure(twoKinds(3))).toBe('EXAMPLES_TOO_FEW');
    expect(await failure(loaded(labels.map((label) => ({ values: [1, 2], label }))))).toBe('FEATURES_ALL_EQUAL');
    expect(await failure(twoKinds(40), { task: 'regression' })).toBe('LABELS_NOT_NUMBERS');
    expect(await failure(with_(labels.map(() => null)), { task: 'classification' })).toBe('LABELS_MISSING');
    expect(await failure(twoKinds(40), { trainer: 'ridge' })).toBe('TASK_UNSUITABLE');
    expect(await failure(twoKinds(40), { trainer: 'convolutional-network' })).toBe('WINDOWS_NEEDED');
    expect(await failure(twoKinds(40), { ...quick, settings: { inversePenalty: -1 } })).toBe('TRAINER_SETTING_INVALID');
    expect(await failure(twoKinds(40), { ...quick, settings: { trees: 7 } })).toBe('TRAINER_SETTING_INVALID');
    // One recording of one label cannot be learnt and tested.
    const alone = { ...twoKinds(40), groups: labels.map(() => 'one run') };
    expect(await failure(alone, { ...quick, testBy: 'group' })).toBe('GROUPS_TOO_FEW');
    expect(await failure(with_(labels.map(() => 5.5)))).toBe('VALUE_CONSTANT');
    // Of two of each label one is held out, and among the others nothing can be compared.
    expect(await failure(with_(['a', 'a', 'b', 'b', 'c', 'c']))).toBe('EXAMPLES_TOO_FEW');
    expect(await failure(with_(['a', 'b', 'c', 'd', 'e', 'f']))).toBe('LABELS_ALL_DIFFERENT');
  });

  it('of labels that most examples lack says what else they may be for', async () => {
    const examples = with_(twoKinds(40).labels.map((_, row) => (row < 3 ? 'worn' : null)));
    await expect(learn(examples)).rejects.toMatchObject({
      code: 'EXAMPLES_TOO_FEW',
      hint: expect.stringMatching(/^37 have no label.*"anomaly"/) as string,
    });
  });

  it('of labels that cannot be tested, or of which folds share a group, is said beside the figures', async () => {
    const examples = twoKinds(60);
    const lonely = examples.labels.map((label, row) => (row === 7 ? 'odd' : label));
    const { report: one } = await learn({ ...examples, labels: lonely }, quick);
    expect(one.findings).toContainEqual(expect.objectContaining({ code: 'LABEL_UNTESTED', weight: 'warning' }));
    const groups = examples.labels.map((label, row) => `${label} ${row < 30 ? 'first' : 'second'}`);
    const { report: two } = await learn({ ...examples, groups }, { ...quick, folds: 3 });
    expect(two.testedBy).toBe('group');
    expect(two.findings.map(({ code }) => code)).toContain('FOLDS_MIX_GROUPS');
    const three = examples.labels.map((label, row) => `${label} ${row % 6}`);
    const { report } = await learn({ ...examples, groups: three }, { ...quick, folds: 2 });
    expect(report.findings.map(({ code }) => code)).not.toContain('FOLDS_MIX_GROUPS');
  });

  it('of windows without times is said: whether they overlap cannot be known', async () => {
    const { values, labels, ...examples } = twoKinds(60, 16);
    const windows = { ...examples, kind: 'window' as const, columns: ['x'], window: { rate: 100, samples: 16 } };
    const codes = async (times: Float64Array) =>
      (await learn({ ...windows, values, labels, times }, quick)).report.findings.map(({ code }) => code);
    expect(await codes(new Float64Array(60).fill(NaN))).toContain('OVERLAP_UNKNOWN');
    expect(await codes(Float64Array.from({ length: 60 }, (_, row) => row * 160))).not.toContain('OVERLAP_UNKNOWN');
  });

  it('that makes the figures too good is found in the very rows that were trained and tested on', async () => {
    const examples = twoKinds(40);
    const values = examples.values.slice();
    // Rows 4, 8 and 12 are tested on; each is the one before the last once more.
    for (const row of [3, 7, 11]) values.copyWithin(row * 4, (row - 2) * 4, (row - 1) * 4);
    const { report } = await learn({ ...examples, values }, quick);
    const found = report.findings.find(({ code }) => code === 'LEAKAGE_SAME');
    expect(found).toMatchObject({ weight: 'warning' });
    expect(found?.message).toContain('of the 10 that the model is tested on');
  });

  it('of labels is not told of where numbers are learnt, or what is usual', async () => {
    const examples = twoKinds(40);
    const labels = examples.labels.map((_, row) => (row === 3 ? 'odd' : 'normal'));
    const known = ['ONE_LABEL', 'TOO_FEW', 'UNBALANCED', 'DUPLICATES'].map((code) => ({
      ...{ code, weight: 'warning' as const, message: code, hint: code },
    }));
    const { report } = await learn({ ...examples, labels }, { task: 'anomaly', trainer: 'mahalanobis' }, { known });
    expect(report.findings.map(({ code }) => code)).toEqual(['DUPLICATES']);
  });

  it('of single rows is left out, and counted with the examples that it concerns', async () => {
    const examples = twoKinds(40);
    const values = examples.values.slice();
    values[4] = NaN;
    values[9] = Infinity;
    const labels = examples.labels.map((label, row) => (row === 5 ? null : label));
    const { report } = await learn({ ...examples, values, labels }, quick);
    const found = (code: string) => report.findings.find((each) => each.code === code);
    expect(found('NOT_FINITE')).toMatchObject({ weight: 'warning', examples: [2, 3] });
    expect(found('UNLABELLED')).toMatchObject({ examples: [6], message: expect.stringMatching(/^1 of 40/) as string });
  });

  it('of features that never change does no harm, and is named', async () => {
    const examples = twoKinds(40);
    const values = examples.values.map((value, at) => (at % 4 === 2 ? 7 : value));
    const { report } = await learn({ ...examples, values }, quick);
    expect(report.findings.find(({ code }) => code === 'CONSTANT_FEATURES')?.message).toContain('f2');
  });

  it('of ten thousand features is learnt from', async () => {
    const { report } = await learn(twoKinds(24, 10_000));
    expect(report.evaluation.classification?.accuracy.value).toBeGreaterThan(0.6);
  });
});

describe('where the time allowed is over', () => {
  /** A clock that goes on by a second each time it is looked at. */
  const hasty = () => {
    let seconds = 0;
    return { ...systemClock, monotonic: () => ++seconds * 1000 };
  };

  it('gives what was learnt by then, and says so', async () => {
    const { report } = await learn(twoKinds(4000, 40), { ...quick, seconds: 2 }, { clock: hasty() });
    expect(report.findings.find(({ code }) => code === 'TIME_OVER')).toMatchObject({ weight: 'warning' });
    const { report: whole } = await learn(twoKinds(40), quick);
    expect(whole.findings.map(({ code }) => code)).not.toContain('TIME_OVER');
  });

  it('takes the simplest trainer where nothing could be compared', async () => {
    const { report } = await learn(twoKinds(4000, 40), { seconds: 2 }, { clock: hasty() });
    expect(report.why).toBe(
      'Logistic regression, the simplest: the time allowed was over before anything could be compared.',
    );
    expect(report.tried.every(({ score, problem }) => score === undefined && problem !== undefined)).toBe(true);
  });

  it('keeps some of it for the trainer that is taken', async () => {
    // Trying alone would take all of it, look by look.
    const { report } = await learn(twoKinds(4000, 40), { seconds: 90 }, { clock: hasty() });
    expect(report.why).toContain('the time allowed was over before everything was tried');
    expect(report.evaluation.classification?.accuracy.value).toBeGreaterThan(0.6);
    expect(report.findings.map(({ code }) => code)).not.toContain('TIME_OVER');
  });
});

it('does not choose the trainer that names common labels only', async () => {
  const random = seededRandom(4);
  const normal = () => random() + random() + random() + random() - 2;
  const rows = Array.from({ length: 900 }, (_, row) => {
    const rare = row % 15 === 0;
    return { values: [normal() + (rare ? 1 : 0), normal() - (rare ? 0.6 : 0)], label: rare ? 'rare' : 'usual' };
  });
  const { report } = await learn(loaded(rows));
  expect(report.why).toMatch(/^Logistic regression: .* with every label counted alike/);
  expect(report.evaluation.classification?.balancedAccuracy.value).toBeGreaterThan(0.75);
});

it('weighs rare labels as much as common ones, where one is five times as common', async () => {
  // Two overlapping kinds of which one is rare: without weights it is hardly ever named.
  const rows = Array.from({ length: 1000 }, (_, row) => {
    const rare = row % 10 === 0;
    return {
      values: [Math.sin(row * 12.9898) * 2 + (rare ? 1.5 : 0), Math.sin(row * 78.233)],
      label: rare ? 'rare' : 'usual',
    };
  });
  const recall = async (balance: 'auto' | 'off') => {
    // Calibrated too, as it is where nobody says otherwise: that must not give up again what weights have won.
    const { report } = await learn(loaded(rows), { ...quick, balance });
    return report.evaluation.classification?.perLabel.find(({ label }) => label === 'rare')?.recall.value ?? NaN;
  };
  expect(await recall('auto')).toBeGreaterThan((await recall('off')) + 0.3);
});
