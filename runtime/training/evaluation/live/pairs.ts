import type { PredictionPayload, TruthLabel } from '../../../messages/index.ts';
import { errors } from '../../errors.ts';
import type { Answered } from '../answered.ts';
import { isNormalLabel } from '../normal-label.ts';

/** A prediction and what was true, in the terms of the task. */
export type Pair =
  | { readonly task: 'classification'; readonly scores: Readonly<Record<string, number>>; readonly truth: string }
  | { readonly task: 'regression'; readonly value: number; readonly truth: number }
  | { readonly task: 'anomaly'; readonly score: number; readonly anomalous: boolean; readonly truth: boolean };

/** @throws TRUTH_INVALID */
export function pairOf(prediction: PredictionPayload, truth: TruthLabel): Pair {
  if ('label' in prediction) {
    return { task: 'classification', scores: prediction.scores, truth: String(truth).trim() };
  }
  if ('score' in prediction) return { task: 'anomaly', ...prediction, truth: !isNormalLabel(truth) };
  if (!('value' in prediction)) throw errors.TRUTH_INVALID({ truth, prediction: 'several outputs at once' });
  const value = typeof truth === 'string' && truth.trim() !== '' ? Number(truth) : truth;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw errors.TRUTH_INVALID({ truth, prediction: `the number ${prediction.value}` });
  }
  return { task: 'regression', value: prediction.value, truth: value };
}

/** Parts of a stream: what follows on itself resembles itself, so that intervals count parts and not pairs. */
const PARTS = 20;
/** Fewer pairs are not cut into parts. */
const FEW = 2 * PARTS;

/** @param pairs of one task, oldest first; @param first number of the oldest, counted from 1 */
export function answeredOf(pairs: readonly Pair[], first: number): Answered {
  const rows = pairs.length;
  const size = Math.ceil(rows / PARTS);
  const groups = pairs.map((_, row) => {
    if (rows < FEW) return '';
    const from = Math.floor(row / size) * size;
    return `${first + from}–${first + Math.min(rows, from + size) - 1}`;
  });
  const common = { rows, groups, ids: pairs.map((_, row) => first + row) };
  const task = pairs[0]?.task;
  if (task === 'regression') {
    const own = pairs as readonly (Pair & { task: 'regression' })[];
    const predicted = Float64Array.from(own, ({ value }) => value);
    return { ...common, task, predicted, actual: Float64Array.from(own, ({ truth }) => truth) };
  }
  if (task === 'anomaly') {
    const own = pairs as readonly (Pair & { task: 'anomaly' })[];
    return {
      ...{ ...common, task, threshold: thresholdOf(own) },
      scores: Float64Array.from(own, ({ score }) => score),
      anomalous: Uint8Array.from(own, ({ truth }) => (truth ? 1 : 0)),
    };
  }
  return { ...common, task: 'classification', ...classesOf(pairs as readonly (Pair & { task: 'classification' })[]) };
}

function classesOf(pairs: readonly (Pair & { task: 'classification' })[]) {
  // What is true may be a label that the model does not know: then it is always wrong.
  const classes = [...new Set(pairs.flatMap(({ scores, truth }) => [...Object.keys(scores), truth]))];
  const known = [...new Set(pairs.flatMap(({ scores }) => Object.keys(scores)))];
  const ordered = [...known, ...classes.filter((label) => !known.includes(label))];
  const index = new Map(ordered.map((label, at) => [label, at]));
  return {
    classes: ordered,
    actual: Int32Array.from(pairs, ({ truth }) => index.get(truth) ?? 0),
    scores: Float64Array.from(pairs.flatMap(({ scores }) => ordered.map((label) => scores[label] ?? 0))),
  };
}

/** The model said what is anomalous, not where the line lies: between the highest normal and the lowest anomalous score. */
function thresholdOf(pairs: readonly (Pair & { task: 'anomaly' })[]): number {
  let [highest, lowest] = [-Infinity, Infinity];
  for (const { score, anomalous } of pairs) {
    if (anomalous) lowest = Math.min(lowest, score);
    else highest = Math.max(highest, score);
  }
  if (lowest === Infinity) return highest;
  return highest < lowest ? highest : previous(lowest);
}

/** What lies just below: an anomalous score is above the threshold. */
const previous = (value: number) => value - Math.max(Number.MIN_VALUE, Math.abs(value) * 2 ** -52);
