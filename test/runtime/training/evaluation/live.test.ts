import { describe, expect, it } from 'vitest';
import { createLiveEvaluation } from '../../../../runtime/training/index.ts';

const MODEL = { name: 'pump', version: '1', digest: 'one' };
const says = (label: string) => ({
  label,
  confidence: 0.9,
  scores: { well: label === 'well' ? 0.9 : 0.1, worn: label === 'worn' ? 0.9 : 0.1 },
});

describe('a model that is judged while it works', () => {
  it('joins truths by id, whether they come with, before or after the prediction', () => {
    const live = createLiveEvaluation();
    live.predicted('1', says('well'), MODEL, 'well');
    live.predicted('2', says('worn'), MODEL);
    live.truth('2', 'well ');
    live.truth('3', 'worn');
    live.predicted('3', says('worn'), MODEL);
    live.predicted('4', says('worn'), MODEL);
    expect([live.pairs, live.waiting]).toEqual([3, 1]);
    const report = live.report(5);
    expect(report).toMatchObject({ model: MODEL, dataSet: '', time: 5, evaluation: { rows: 3 } });
    expect(report?.evaluation.classification?.confusion).toEqual([
      [1, 1],
      [0, 1],
    ]);
  });

  it('counts a label that the model does not know as a mistake', () => {
    const live = createLiveEvaluation();
    live.predicted('1', says('well'), MODEL, 'blocked');
    const { classification } = live.report(0)?.evaluation ?? {};
    expect(classification?.labels).toEqual(['well', 'worn', 'blocked']);
    expect(classification?.accuracy.value).toBe(0);
  });

  it('judges values and anomalies too', () => {
    const values = createLiveEvaluation();
    values.predicted('1', { value: 2 }, MODEL, 3);
    values.predicted('2', { value: 5 }, MODEL, '5.5');
    expect(values.report(0)?.evaluation.regression?.mae.value).toBeCloseTo(0.75, 12);

    const alarms = createLiveEvaluation();
    for (const [id, score, anomalous, truth] of [
      ['1', 0.2, false, 'normal'],
      ['2', 0.9, true, 'leak'],
      ['3', 0.7, true, 'ok'],
    ] as const) {
      alarms.predicted(id, { score, anomalous }, MODEL, truth);
    }
    expect(alarms.report(0)?.evaluation.anomaly).toMatchObject({ falseAlarms: { value: 0.5 }, found: { value: 1 } });
  });

  it('begins anew where another version takes over', () => {
    const live = createLiveEvaluation();
    live.predicted('1', says('well'), MODEL, 'well');
    live.predicted('2', says('well'), MODEL);
    live.predicted('3', says('well'), { ...MODEL, version: '2', digest: 'two' }, 'worn');
    expect([live.pairs, live.waiting, live.model?.version]).toEqual([1, 0, '2']);
  });

  it('keeps the newest, and counts what it forgets', () => {
    const live = createLiveEvaluation({ waiting: 3, kept: 50 });
    for (let id = 0; id < 200; id++) live.predicted(String(id), says('well'), MODEL, id < 150 ? 'worn' : 'well');
    expect(live.pairs).toBe(50);
    const evaluation = live.report(0)?.evaluation;
    expect(evaluation?.classification?.accuracy.value).toBe(1);
    // By where in the stream they stand.
    expect(evaluation?.groups.map(({ group }) => group)).toContain('151–153');
    for (let id = 0; id < 5; id++) live.predicted(`late ${id}`, says('well'), MODEL);
    expect([live.waiting, live.forgotten]).toEqual([3, 2]);
  });

  it('refuses a text where a number was predicted, and goes on', () => {
    const live = createLiveEvaluation();
    expect(() => live.predicted('1', { value: 2 }, MODEL, 'warm')).toThrow(
      'the truth "warm" does not go with the number 2',
    );
    expect(() => live.predicted('2', 'hello', MODEL, 'warm')).toThrow('does not go with no prediction');
    live.predicted('3', { value: 2 }, MODEL, 2);
    expect(live.pairs).toBe(1);
  });
});
