import type { ClassificationQuality, Curve, Estimate } from '../../messages/index.ts';
import type { AnsweredClasses } from './answered.ts';
import { ratioEstimate, shareEstimate, spread, sum } from './estimates.ts';
import { type GroupIndex, indexGroups, sumByGroup } from './group-index.ts';
import { likeliest } from './likeliest.ts';
import { calibrationOf } from './probability-calibration.ts';
import { precisionRecallCurve, rank, rocCurve } from './ranked-curve.ts';

/** No probability counts as less: a single certain mistake must not be all that the log loss tells. */
const LEAST = 1e-15;

/** @see sklearn.metrics.classification_report, balanced_accuracy_score, log_loss */
export function classificationQuality(answered: AnsweredClasses): ClassificationQuality {
  const { rows, classes, actual, scores } = answered;
  const groups = indexGroups(answered.groups);
  const guesses = Int32Array.from({ length: rows }, (_, row) => likeliest(answered, row));
  const confusion = classes.map(() => new Array<number>(classes.length).fill(0));
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const truth = actual[row] as number;
    const line = confusion[truth] as number[];
    const guess = guesses[row] as number;
    line[guess] = (line[guess] as number) + 1;
    loss -= Math.log(Math.max(scores[row * classes.length + truth] as number, LEAST));
  }
  const count = (matches: (truth: number, guess: number) => boolean) =>
    sumByGroup(groups, (row) => (matches(actual[row] as number, guesses[row] as number) ? 1 : 0));
  const perLabel = classes.map((label, each) => {
    const hits = count((truth, guess) => truth === each && guess === each);
    const guessed = count((_, guess) => guess === each);
    const there = count((truth) => truth === each);
    const both = guessed.map((value, group) => value + (there[group] as number));
    return {
      ...{ label, rows: sum(there), hits, there },
      precision: shareEstimate({ over: hits, under: guessed }),
      recall: shareEstimate({ over: hits, under: there }),
      f1: within(ratioEstimate({ over: hits.map((value) => 2 * value), under: both })),
    };
  });
  const curves = (draw: typeof rocCurve): Curve[] =>
    classes.flatMap((label, each) => curveOf(answered, label, each, draw));
  return {
    labels: [...classes],
    confusion,
    accuracy: shareEstimate({ over: count((truth, guess) => truth === guess), under: count(() => true) }),
    balancedAccuracy: balanced(perLabel, groups),
    logLoss: rows === 0 ? 0 : loss / rows,
    perLabel: perLabel.map(({ label, rows: there, precision, recall, f1 }) => ({
      label,
      rows: there,
      precision,
      recall,
      f1,
    })),
    roc: curves(rocCurve),
    precisionRecall: curves(precisionRecallCurve),
    calibration: calibrationOf(answered),
  };
}

function curveOf(
  { rows, classes, actual, scores }: AnsweredClasses,
  label: string,
  each: number,
  draw: typeof rocCurve,
): Curve[] {
  const own = Float64Array.from({ length: rows }, (_, row) => scores[row * classes.length + each] as number);
  const wanted = Uint8Array.from(actual, (truth) => (truth === each ? 1 : 0));
  const curve = draw(label, rank(own, wanted));
  return curve ? [curve] : [];
}

interface LabelSums {
  readonly hits: Float64Array;
  readonly there: Float64Array;
  readonly recall: Estimate;
}

/** Mean recall of the labels that occur. */
function balanced(labels: readonly LabelSums[], groups: GroupIndex): Estimate {
  const seen = labels.filter(({ there }) => sum(there) > 0);
  if (seen.length === 0) return { value: 0, low: 0, high: 1 };
  const value = seen.reduce((total, { recall }) => total + recall.value, 0) / seen.length;
  const parts = new Float64Array(groups.names.length);
  for (const { hits, there, recall } of seen) {
    const scale = sum(there) * seen.length;
    parts.forEach((part, group) => {
      parts[group] = part + ((hits[group] as number) - recall.value * (there[group] as number)) / scale;
    });
  }
  // Where nothing varies, the bounds of the single recalls still do.
  const least = seen.reduce((total, { recall }) => total + (recall.value - recall.low) ** 2, 0);
  const most = seen.reduce((total, { recall }) => total + (recall.high - recall.value) ** 2, 0);
  const half = spread(parts);
  return within({
    value,
    low: value - Math.max(half, Math.sqrt(least) / seen.length),
    high: value + Math.max(half, Math.sqrt(most) / seen.length),
  });
}

const within = ({ value, low, high }: Estimate): Estimate => ({
  value,
  low: Math.max(0, low),
  high: Math.min(1, high),
});
