import type { Evaluation } from '../../messages/index.ts';
import { anomalyQuality } from './anomaly-quality.ts';
import type { Answered } from './answered.ts';
import { classificationQuality } from './classification-quality.ts';
import { likeliest } from './likeliest.ts';
import { mistakesOf } from './mistakes.ts';
import { regressionQuality } from './regression-quality.ts';

/** Groups that are listed: the worst. */
const GROUPS = 100;

/** How good the answers are. Intervals are of 95 % and count groups, where rows belong to more than one. */
export function evaluateAnswers(answered: Answered): Evaluation {
  const { task, rows } = answered;
  return {
    ...{ task, rows },
    ...(task === 'classification' && { classification: classificationQuality(answered) }),
    ...(task === 'regression' && { regression: regressionQuality(answered) }),
    ...(task === 'anomaly' && { anomaly: anomalyQuality(answered) }),
    groups: byGroup(answered),
    mistakes: mistakesOf(answered),
  };
}

function byGroup(answered: Answered): Evaluation['groups'] {
  const sums = new Map<string, { rows: number; counted: number; value: number }>();
  const [counts, valueOf] = judged(answered);
  for (const [row, group] of answered.groups.entries()) {
    const held = sums.get(group) ?? { rows: 0, counted: 0, value: 0 };
    sums.set(group, held);
    held.rows++;
    if (!counts(row)) continue;
    held.counted++;
    held.value += valueOf(row);
  }
  const listed = [...sums]
    .filter(([, { counted }]) => counted > 0)
    .map(([group, { rows, counted, value }]) => ({ group, rows, value: value / counted }));
  const worst = answered.task === 'classification' ? 1 : -1;
  return listed.sort((a, b) => worst * (a.value - b.value)).slice(0, GROUPS);
}

type OfRow<T> = (row: number) => T;

/** Which rows count, and what each adds to its group's figure. */
function judged(answered: Answered): [OfRow<boolean>, OfRow<number>] {
  const every = () => true;
  if (answered.task === 'classification') {
    return [every, (row) => (likeliest(answered, row) === answered.actual[row] ? 1 : 0)];
  }
  if (answered.task === 'regression') {
    return [every, (row) => Math.abs((answered.predicted[row] as number) - (answered.actual[row] as number))];
  }
  const { anomalous, scores, threshold } = answered;
  return [(row) => anomalous[row] !== 1, (row) => ((scores[row] as number) > threshold ? 1 : 0)];
}
