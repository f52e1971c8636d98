import type { Classification } from '../../messages/index.ts';
import type { Manifest } from '../../models/package/index.ts';
import { namedNumbers } from '../named-numbers.ts';
import { activate } from './activate.ts';
import { labelIndex } from './label-index.ts';
import { numberAt, outputRows, type OutputRows, unsuitable, withRole } from './rows.ts';
import type { ToPredictions } from './types.ts';

/**
 * Scores by label. The label is the one that the model names, or else the one with the highest score. One score for two labels
 * is how likely the second is. A model that names a label and gives no scores is taken to be certain.
 */
export function classifications(manifest: Manifest): ToPredictions {
  const { labels } = manifest;
  const scoreOutput = withRole(manifest, 'scores');
  const labelOutput = withRole(manifest, 'label');
  if (!labels || labels.length === 0 || !(scoreOutput ?? labelOutput)) return () => failing(manifest);
  const count = labels.length;
  const indexOf = labelIndex(labels, labelOutput?.places);
  const named = namedNumbers(labels);
  const scores = new Float64Array(count);

  return (answers, rows) => {
    const given = scoreOutput && outputRows(manifest, scoreOutput, answers, rows);
    const own = labelOutput && outputRows(manifest, labelOutput, answers, rows);
    if (own && own.width !== 1) throw unsuitable(manifest);
    const payloads = new Array<Classification>(rows);
    for (let row = 0; row < rows; row++) {
      if (given) readScores(manifest, given, row, scores, scoreOutput.activation);
      const index = own ? indexOf(labelAt(own, row)) : largest(scores);
      if (index === undefined) throw unsuitable(manifest);
      if (!given) scores.fill(0)[index] = 1;
      payloads[row] = { label: labels[index] ?? '', confidence: scores[index] ?? NaN, scores: named(scores) };
    }
    return payloads;
  };
}

function readScores(
  manifest: Manifest,
  given: OutputRows,
  row: number,
  scores: Float64Array,
  activation: 'softmax' | 'sigmoid' | undefined,
): void {
  const { width } = given;
  const binary = width === 1 && scores.length === 2;
  if (width !== scores.length && !binary) throw unsuitable(manifest);
  if (binary) {
    // Many binary classifiers answer only how likely the second label is.
    const only = scores.subarray(1);
    only[0] = numberAt(manifest, given, row);
    if (activation) activate(only, 'sigmoid');
    scores[0] = 1 - (only[0] ?? NaN);
    return;
  }
  for (let i = 0; i < width; i++) scores[i] = numberAt(manifest, given, row * width + i);
  if (activation) activate(scores, activation);
}

const labelAt = ({ values }: OutputRows, row: number) => values[row] ?? '';

function largest(scores: Float64Array): number {
  let best = 0;
  for (let i = 1; i < scores.length; i++) if ((scores[i] ?? NaN) > (scores[best] ?? NaN)) best = i;
  return best;
}

function failing(manifest: Manifest): never {
  throw unsuitable(manifest);
}
