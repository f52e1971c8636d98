import type { Target } from '../fit/training-set.ts';
import { areaUnderCurve } from './area-under-curve.ts';

/**
 * How good answers are, in one figure, the higher the better: share of right labels, coefficient of determination (R²), or area
 * under the ROC curve.
 *
 * @param answers   rows × outputs, row-major
 * @param anomalous 1 a row that is known not to be normal
 */
export function scoreOf(target: Target, answers: Float64Array, anomalous: Uint8Array): number {
  if (target.task === 'classification') {
    const { codes, classes } = target;
    let right = 0;
    codes.forEach((code, row) => (right += best(answers, row, classes.length) === code ? 1 : 0));
    return right / codes.length;
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

/** Index of the highest score of a row; the first of several. */
export function best(answers: Float64Array, row: number, classes: number): number {
  let highest = 0;
  for (let label = 1; label < classes; label++) {
    if ((answers[row * classes + label] as number) > (answers[row * classes + highest] as number)) highest = label;
  }
  return highest;
}
