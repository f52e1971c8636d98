import type { TrainingChoices } from '../../messages/index.ts';
import type { TrainingSet } from './training-set.ts';

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
  if (target.task !== 'classification' || balance === 'off') return set;
  const counts = countsOf(target.codes, target.classes.length);
  const present = counts.filter((count) => count > 0);
  if (balance === 'auto' && Math.max(...present) < UNBALANCED * Math.min(...present)) return set;
  const weights = Float64Array.from(target.codes, (code) => rows / (present.length * (counts[code] as number)));
  return { ...set, weights };
}

export function countsOf(codes: ArrayLike<number>, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (let row = 0; row < codes.length; row++) counts[codes[row] as number] = (counts[codes[row] as number] ?? 0) + 1;
  return counts;
}
