import type { TrainingChoices } from '../../messages/index.ts';
import type { Target, TrainingSet } from './training-set.ts';

/** One label so many times as common as another is worth a correction. */
const UNBALANCED = 5;

/**
 * Weights that make rare labels count as much as common ones: rows / (classes × rows of the class).
 *
 * @returns the set as it is, where nothing is to be balanced
 * @see sklearn's class_weight="balanced"
 */
export function balanced(set: TrainingSet, balance: TrainingChoices['balance']): TrainingSet {
  const { target, rows } = set;
  if (target.task !== 'classification' || !isBalanced(target, balance)) return set;
  const counts = countsOf(target.codes, target.classes.length);
  const present = counts.filter((count) => count > 0).length;
  const weights = Float64Array.from(target.codes, (code) => rows / (present * (counts[code] as number)));
  return { ...set, weights };
}

/** Whether rare labels are to count as much as common ones. */
export function isBalanced(target: Target, balance: TrainingChoices['balance']): boolean {
  if (target.task !== 'classification' || balance === 'off') return false;
  if (balance === 'on') return true;
  const present = countsOf(target.codes, target.classes.length).filter((count) => count > 0);
  return Math.max(...present) >= UNBALANCED * Math.min(...present);
}

export function countsOf(codes: ArrayLike<number>, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (let row = 0; row < codes.length; row++) counts[codes[row] as number] = (counts[codes[row] as number] ?? 0) + 1;
  return counts;
}
