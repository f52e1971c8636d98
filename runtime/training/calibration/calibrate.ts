import type { TrainingChoices } from '../../messages/index.ts';
import { best, meanRecall } from '../automatic/trial-score.ts';
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
 * lowers the log loss on rows that were held out of the scaling too: each half is judged by what the other half gave. What
 * would have labels named less well, as a bias does that gives up the rare ones, is not taken.
 */
export function calibrate(answers: HeldOutAnswers, wanted: TrainingChoices['calibrate']): Scaling | undefined {
  if (wanted === 'off' || answers.rows < 20) return undefined;
  const raw = judge(answers, answers.scores);
  const ways = [fitTemperature, ...(allowsVector(answers) ? [fitVector] : [])]
    .map((way) => ({ way, ...judge(answers, crossed(answers, way)) }))
    .filter(({ way, recall }) => way === fitTemperature || recall >= raw.recall);
  const [kept] = ways.sort((a, b) => a.loss - b.loss);
  if (!kept || (wanted === 'auto' && kept.loss > raw.loss * (1 - WORTHWHILE))) return undefined;
  return kept.way(answers);
}

/** The log loss, and the mean over the labels of the share that is named right. */
function judge({ classes, codes }: HeldOutAnswers, scores: Float64Array): { loss: number; recall: number } {
  const named = Int32Array.from(codes, (_, row) => best(scores, row, classes));
  return { loss: logLoss(scores, codes, classes), recall: meanRecall(named, codes, classes) };
}

/** The probabilities of each half under the scaling of the other. */
function crossed(answers: HeldOutAnswers, way: (answers: HeldOutAnswers) => Scaling): Float64Array {
  const { classes } = answers;
  const parts = halves(answers);
  const scores = new Float64Array(answers.scores.length);
  for (const [at, { rows, part }] of parts.entries()) {
    const scaled = applyScaling(way((parts[1 - at] as Half).part), part.scores, classes);
    rows.forEach((row, place) => scores.set(scaled.subarray(place * classes, (place + 1) * classes), row * classes));
  }
  return scores;
}

interface Half {
  readonly rows: readonly number[];
  readonly part: HeldOutAnswers;
}

/** Every second row of each class, and the others. */
function halves({ rows, classes, scores, codes }: HeldOutAnswers): readonly Half[] {
  const seen = new Int32Array(classes);
  const chosen: [number[], number[]] = [[], []];
  for (let row = 0; row < rows; row++) {
    const code = codes[row] as number;
    const turn = seen[code] as number;
    (turn % 2 === 0 ? chosen[0] : chosen[1]).push(row);
    seen[code] = turn + 1;
  }
  return chosen.map((own) => {
    const held = new Float64Array(own.length * classes);
    own.forEach((row, at) => held.set(scores.subarray(row * classes, (row + 1) * classes), at * classes));
    const part = {
      rows: own.length,
      classes,
      scores: held,
      codes: Int32Array.from(own, (row) => codes[row] as number),
    };
    return { rows: own, part };
  });
}
