import { describe, expect, it } from 'vitest';
import { lessonSteps } from '../../../editor/lesson/steps.ts';
import { fieldsOf, textOf, valueOf } from '../../../editor/sidebar/training/schema-fields.ts';
import { createTrainings } from '../../../editor/sidebar/training/trainings.ts';
import { qualityWords, reportWords, shortQuality, type TrainingState } from '../../../runtime/messages/index.ts';

const estimate = (value: number, low: number, high: number) => ({ value, low, high });
const none = { groups: [], mistakes: [] };
const classes = {
  ...{ task: 'classification' as const, rows: 1240, ...none },
  classification: {
    ...{ labels: [], confusion: [], perLabel: [], roc: [], precisionRecall: [], logLoss: 0.1 },
    ...{ accuracy: estimate(0.9794, 0.967, 0.991), balancedAccuracy: estimate(0.97, 0.96, 0.98) },
    calibration: { bins: [], error: 0 },
  },
};
const runs = ['a', 'b', 'c', 'd'].map((group) => ({ group, rows: 310, value: 1 }));

describe('the sentence that a newcomer reads first', () => {
  it('says how many were right, on what, and how far chance may reach', () => {
    expect(qualityWords(classes)).toBe('97.9 % right on 1,240 examples it had not seen (±1.2)');
    expect(qualityWords(classes, 'stream')).toBe('97.9 % right of 1,240 predictions whose truth is known (±1.2)');
    expect(shortQuality(classes)).toBe('97.9 % right');
  });

  it('speaks of runs only where whole runs were held out', () => {
    const evaluation = { ...classes, groups: runs };
    expect(reportWords({ evaluation, testedBy: 'group' })).toContain('on 4 runs it had not seen');
    expect(reportWords({ evaluation, testedBy: 'time' })).toContain('on 1,240 examples');
  });

  it('never rounds up to certainty', () => {
    const accuracy = estimate(0.9999, 0.999, 1);
    const nearly = { ...classes, classification: { ...classes.classification, accuracy } };
    expect(shortQuality(nearly)).toBe('99.9 % right');
  });

  it('has words for numbers and for anomalies', () => {
    const [zero, r2] = [estimate(0.02, 0, 0.05), estimate(0.94, 0.9, 0.97)];
    const regression = { r2, mae: estimate(0.3124, 0.2, 0.4), rmse: zero, residuals: [] };
    expect(qualityWords({ task: 'regression', rows: 90, ...none, regression })).toBe(
      'off by 0.312 on average on 90 examples it had not seen (R² 0.94)',
    );
    const anomaly = { threshold: 1, falseAlarms: zero, histogram: [], found: estimate(0.9, 0.8, 1) };
    expect(qualityWords({ task: 'anomaly', rows: 90, ...none, anomaly })).toMatch(/^finds 90 % .* 2 % false alarms/);
  });
});

describe('the settings of a trainer', () => {
  const schema = {
    properties: {
      trees: { type: 'integer', default: 100, minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
      shrink: { type: 'boolean', default: true },
      loss: { type: 'string', enum: ['a', 'b'], default: 'a' },
      layers: { type: 'array', default: [32, 16] },
    },
  };

  it('become fields by its schema, without ranges that mean nothing', () => {
    const [trees, shrink, loss, layers] = fieldsOf(schema);
    expect([trees?.kind, shrink?.kind, loss?.kind, layers?.kind]).toEqual(['number', 'flag', 'choice', 'text']);
    expect([trees?.min, trees?.max, trees?.whole]).toEqual([1, undefined, true]);
  });

  it('are taken as they were typed, and left out where nothing was', () => {
    const [trees, shrink, , layers] = fieldsOf(schema);
    if (!trees || !shrink || !layers) throw new Error('no fields');
    expect([valueOf(trees, '50'), valueOf(trees, ' '), valueOf(shrink, 'false')]).toEqual([50, undefined, false]);
    expect(valueOf(layers, '[8, 4]')).toEqual([8, 4]);
    expect(textOf([8, 4])).toBe('[8,4]');
  });
});

describe('the trainings of the page', () => {
  const state = (id: string, now: TrainingState['state']): TrainingState => ({
    ...{ id, node: '', dataSet: 'd', model: 'm', state: now, progress: 0.4, step: 'trees', started: 1 },
  });

  it('are asked for while one runs, and the one that ends is the fresh one', async () => {
    const answers = [[state('1', 'running')], [state('1', 'running')], [state('1', 'done')]];
    let ended = 0;
    const trainings = createTrainings(
      (path) =>
        Promise.resolve(
          path === 'training/trainers' ? { trainers: [] } : { trainings: answers.shift() ?? [state('1', 'done')] },
        ),
      () => Promise.resolve(),
      () => void ended++,
    );
    await trainings.refresh();
    await expect.poll(() => trainings.state.value.fresh).toBe('1');
    expect(ended).toBe(1);
    expect(answers).toEqual([]);
  });

  it('say why one could not begin, and go on', async () => {
    const trainings = createTrainings(
      () => Promise.reject(new Error('no examples')),
      () => Promise.resolve(),
    );
    expect(await trainings.train({ dataSet: 'd', model: 'm' })).toBe(false);
    expect(trainings.state.value.trouble).toEqual({ text: 'no examples' });
  });
});

describe('the first lesson', () => {
  it('waits for what is to be done, and leaves out what was done before', () => {
    const eyes = {
      ...{ runs: () => true, world: () => undefined, says: () => undefined, trained: () => 1 },
      examples: (label: string) => (label === 'both' ? 0 : 40),
    };
    const titles = lessonSteps(1)
      .filter((step) => !step.needless?.(eyes))
      .map(({ title }) => title);
    expect(titles.slice(0, 3)).toEqual(['A model of your own, in ten minutes', 'No model yet', 'Train']);
    const train = lessonSteps(1).find(({ title }) => title === 'Train');
    expect([train?.done?.(eyes), train?.done?.({ ...eyes, trained: () => 2 })]).toEqual([false, true]);
  });
});
