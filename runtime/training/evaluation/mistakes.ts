import type { Mistake } from '../../messages/index.ts';
import type { Answered, AnsweredAnomalies, AnsweredClasses, AnsweredValues } from './answered.ts';
import { likeliest } from './likeliest.ts';

const MOST = 200;
/** Of one cell of the confusion matrix before others come: a person who clicks on a cell is to find something. */
const OF_A_CELL = 10;

/** The examples that the model gets wrong, worst first; of a regression, those with the largest residuals. */
export function mistakesOf(answered: Answered): Mistake[] {
  if (answered.task === 'regression') return ofValues(answered);
  return spreadOver(answered.task === 'classification' ? ofClasses(answered) : ofAnomalies(answered));
}

function ofClasses(answered: AnsweredClasses): Mistake[] {
  const { rows, classes, actual, scores, ids, groups } = answered;
  const found: Mistake[] = [];
  for (let row = 0; row < rows; row++) {
    const guess = likeliest(answered, row);
    const truth = actual[row] as number;
    if (guess === truth) continue;
    found.push({
      id: ids[row] as number,
      actual: classes[truth] as string,
      predicted: classes[guess] as string,
      score: scores[row * classes.length + guess] as number,
      group: groups[row] as string,
    });
  }
  return found.sort((a, b) => b.score - a.score);
}

function ofValues({ rows, actual, predicted, ids, groups }: AnsweredValues): Mistake[] {
  const found = Array.from({ length: rows }, (_, row) => ({
    id: ids[row] as number,
    actual: actual[row] as number,
    predicted: predicted[row] as number,
    score: (predicted[row] as number) - (actual[row] as number),
    group: groups[row] as string,
  }));
  return found.sort((a, b) => Math.abs(b.score) - Math.abs(a.score)).slice(0, MOST);
}

function ofAnomalies({ rows, scores, threshold, anomalous, ids, groups }: AnsweredAnomalies): Mistake[] {
  const found: Mistake[] = [];
  for (let row = 0; row < rows; row++) {
    const score = scores[row] as number;
    const strange = anomalous[row] === 1;
    if (score > threshold === strange) continue;
    found.push({
      id: ids[row] as number,
      actual: strange ? 'anomalous' : 'normal',
      predicted: strange ? 'normal' : 'anomalous',
      score,
      group: groups[row] as string,
    });
  }
  return found.sort((a, b) => Math.abs(b.score - threshold) - Math.abs(a.score - threshold));
}

function spreadOver(found: readonly Mistake[]): Mistake[] {
  if (found.length <= MOST) return [...found];
  const seen = new Map<string, number>();
  const [first, rest]: [Mistake[], Mistake[]] = [[], []];
  for (const mistake of found) {
    const cell = `${mistake.actual}\n${mistake.predicted}`;
    const before = seen.get(cell) ?? 0;
    seen.set(cell, before + 1);
    (before < OF_A_CELL ? first : rest).push(mistake);
  }
  const chosen = new Set([...first, ...rest].slice(0, MOST));
  return found.filter((mistake) => chosen.has(mistake));
}
