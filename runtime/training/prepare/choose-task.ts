import type { LearningTask, TrainingChoices, TruthLabel } from '../../messages/index.ts';
import { errors } from '../errors.ts';

/** So many different whole numbers may still be the names of classes. */
const CLASSES = 20;

/**
 * What can be learnt from these labels: texts and a few whole numbers are classes, other numbers are values, and no labels at
 * all mean that everything is normal. Text that is a number, as a CSV has it, counts as one.
 *
 * @throws LABELS_MISSING if classes or values are wanted and there are none; LABELS_NOT_NUMBERS
 *
 * @example
 * chooseTask(['well', 'worn'], 'auto'); // 'classification'
 */
export function chooseTask(labels: readonly (TruthLabel | null)[], wanted: TrainingChoices['task']): LearningTask {
  const known = labels.filter((label) => label !== null);
  const texts = known.filter((label) => numberOf(label) === undefined);
  if (wanted === 'anomaly') return wanted;
  if (wanted === 'auto') {
    if (known.length === 0) return 'anomaly';
    if (texts.length > 0) return 'classification';
    const different = new Set(known.map(numberOf));
    const whole = [...different].every((value) => Number.isInteger(value));
    return whole && different.size <= CLASSES ? 'classification' : 'regression';
  }
  if (known.length === 0) throw errors.LABELS_MISSING({ task: wanted, examples: labels.length });
  if (wanted === 'regression' && texts.length > 0) {
    throw errors.LABELS_NOT_NUMBERS({ label: String(texts[0]), rows: texts.length });
  }
  return wanted;
}

/** The number that a label is or says. */
export function numberOf(label: TruthLabel): number | undefined {
  if (typeof label === 'number') return Number.isFinite(label) ? label : undefined;
  const value = label.trim() === '' ? NaN : Number(label);
  return Number.isFinite(value) ? value : undefined;
}
