import type { LearningTask } from '../../messages/index.ts';

/** What is to be learnt of each row. */
export type Target =
  | {
      readonly task: 'classification';
      readonly classes: readonly string[];
      /** Index into `classes`, one a row. */
      readonly codes: Int32Array;
    }
  | { readonly task: 'regression'; readonly values: Float64Array }
  /** Every row is normal, or nearly every one. */
  | { readonly task: 'anomaly' };

/** Rows as a trainer sees them: all numbers finite. */
export interface TrainingSet {
  readonly rows: number;
  /** Numbers in a row. */
  readonly width: number;
  /** rows × width, row-major: float32, as the model will be asked. */
  readonly values: Float32Array;
  /** One name a column; of windows one a channel. */
  readonly columns: readonly string[];
  /** Of windows: a row is sample by sample, channel by channel. */
  readonly window?: { readonly rate: number; readonly samples: number };
  readonly target: Target;
  /** How much each row counts; left out: 1 each. */
  readonly weights?: Float64Array;
}

/** @returns the set with only these rows, in this order */
export function selectRows(set: TrainingSet, chosen: ArrayLike<number>): TrainingSet {
  const { width, target, weights } = set;
  const values = new Float32Array(chosen.length * width);
  for (let row = 0; row < chosen.length; row++) {
    const from = (chosen[row] as number) * width;
    values.set(set.values.subarray(from, from + width), row * width);
  }
  return {
    ...set,
    rows: chosen.length,
    values,
    target: selectTarget(target, chosen),
    ...(weights && { weights: Float64Array.from(chosen, (row) => weights[row] as number) }),
  };
}

function selectTarget(target: Target, chosen: ArrayLike<number>): Target {
  if (target.task === 'classification') {
    return { ...target, codes: Int32Array.from(chosen, (row) => target.codes[row] as number) };
  }
  if (target.task === 'regression') {
    return { ...target, values: Float64Array.from(chosen, (row) => target.values[row] as number) };
  }
  return target;
}

/** Scores in a row of answers: one a class, or one. */
export const outputsOf = (target: Target): number => (target.task === 'classification' ? target.classes.length : 1);

export type { LearningTask };
