import type { Answered } from '../evaluation/answered.ts';
import type { Fitted } from '../fit/trainer.ts';
import { selectRows, type TrainingSet } from '../fit/training-set.ts';
import type { Prepared } from '../prepare/prepared.ts';

/** What a model answers to these rows, beside what is true. */
export function answeredOf(fitted: Fitted, prepared: Prepared, form: TrainingSet, rows: Int32Array): Answered {
  const set = selectRows(form, rows);
  const answers = fitted.predict(set.values, set.rows);
  const base = {
    rows: set.rows,
    ids: Int32Array.from(rows, (row) => prepared.ids[row] as number),
    groups: Array.from(rows, (row) => prepared.groups[row] as string),
  };
  const { target } = set;
  if (target.task === 'classification') {
    return { ...base, task: 'classification', classes: target.classes, actual: target.codes, scores: answers };
  }
  if (target.task === 'regression') {
    return { ...base, task: 'regression', actual: target.values, predicted: answers };
  }
  return {
    ...{ ...base, task: 'anomaly', scores: answers, threshold: fitted.threshold ?? Infinity },
    anomalous: Uint8Array.from(rows, (row) => prepared.anomalous[row] as number),
  };
}
