import type { TrainingChoices } from '../../messages/index.ts';
import {
  allowsVector,
  applyScaling,
  fitTemperature,
  fitVector,
  type HeldOutAnswers,
  logLoss,
  type Scaling,
} from './scaling.ts';

/** Of the log loss: less is not worth the nodes that it costs. */
const WORTHWHILE = 0.01;

/**
 * Chooses what makes the probabilities mean what they say, by rows that were held out. With `auto` it is kept only where it
 * lowers the log loss on rows that were held out of the scaling too: each half is judged by what the other half gave.
 */
export function calibrate(answers: HeldOutAnswers, wanted: TrainingChoices['calibrate']): Scaling | undefined {
  if (wanted === 'off' || answers.rows < 20) return undefined;
  const ways = [fitTemperature, ...(allowsVector(answers) ? [fitVector] : [])];
  const raw = logLoss(answers.scores, answers.codes, answers.classes);
  const losses = ways.map((way) => crossed(answers, way));
  const best = losses.indexOf(Math.min(...losses));
  const way = ways[best];
  if (!way || (wanted === 'auto' && (losses[best] as number) > raw * (1 - WORTHWHILE))) return undefined;
  return way(answers);
}

/** The log loss of each half under the scaling of the other. */
function crossed(answers: HeldOutAnswers, way: (answers: HeldOutAnswers) => Scaling): number {
  const halves = [half(answers, 0), half(answers, 1)] as const;
  const loss = (fitted: HeldOutAnswers, judged: HeldOutAnswers) =>
    logLoss(applyScaling(way(fitted), judged.scores, judged.classes), judged.codes, judged.classes) * judged.rows;
  return (loss(halves[0], halves[1]) + loss(halves[1], halves[0])) / answers.rows;
}

/** Every second row of each class. */
function half({ rows, classes, scores, codes }: HeldOutAnswers, which: 0 | 1): HeldOutAnswers {
  const seen = new Int32Array(classes);
  const chosen: number[] = [];
  for (let row = 0; row < rows; row++) {
    const code = codes[row] as number;
    if ((seen[code] as number) % 2 === which) chosen.push(row);
    seen[code] = (seen[code] as number) + 1;
  }
  const own = new Float64Array(chosen.length * classes);
  chosen.forEach((row, at) => own.set(scores.subarray(row * classes, (row + 1) * classes), at * classes));
  return { rows: chosen.length, classes, scores: own, codes: Int32Array.from(chosen, (row) => codes[row] as number) };
}
