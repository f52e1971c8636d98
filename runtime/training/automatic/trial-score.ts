import { countsOf } from '../fit/class-weights.ts';
import type { Target } from '../fit/training-set.ts';
import { areaUnderCurve } from './area-under-curve.ts';

/**
 * How good answers are, in one figure, the higher the better: share of right labels, coefficient of determination (R²), or area
 * under the ROC curve.
 *
 * @param answers   rows × outputs, row-major
 * @param anomalous 1 a row that is known not to be normal
 * @param alike     every label counts as much as any other: the mean of their shares, not the share of all rows
 */
export function scoreOf(target: Target, answers: Float64Array, anomalous: Uint8Array, alike = false): number {
  if (target.task === 'classification') {
    const { codes, classes } = target;
    const named = Int32Array.from(codes, (_, row) => best(answers, row, classes.length));
    return alike ? meanRecall(named, codes, classes.length) : share(named, codes);
  }
  if (target.task === 'regression') {
    const { values } = target;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    let missed = 0;
    let spread = 0;
    values.forEach((value, row) => {
      missed += (value - (answers[row] as number)) ** 2;
      spread += (value - mean) ** 2;
    });
    return 1 - missed / (spread || 1);
  }
  return areaUnderCurve(answers, anomalous);
}

function share(named: Int32Array, codes: Int32Array): number {
  return named.reduce((sum, label, row) => sum + (label === codes[row] ? 1 : 0), 0) / named.length;
}

/** Mean over the labels that occur of the share of their rows that is named right. @see sklearn balanced_accuracy_score */
export function meanRecall(named: Int32Array, codes: Int32Array, classes: number): number {
  const there = countsOf(codes, classes);
  const right = countsOf(
    codes.filter((code, row) => named[row] === code),
    classes,
  );
  let sum = 0;
  let seen = 0;
  for (let code = 0; code < classes; code++) {
    if (there[code] === 0) continue;
    sum += (right[code] as number) / (there[code] as number);
    seen++;
  }
  return sum / seen;
}

/** Index of the highest score of a row; the first of several. */
export function best(answers: Float64Array, row: number, classes: number): number {
  let highest = 0;
  for (let label = 1; label < classes; label++) {
    if ((answers[row * classes + label] as number) > (answers[row * classes + highest] as number)) highest = label;
  }
  return highest;
}
