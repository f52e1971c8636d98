import type { Trainer, TrainerRun } from '../fit/trainer.ts';
import { type FitChoices, fitRows, formFor } from '../fit/fit-rows.ts';
import { outputsOf, selectRows } from '../fit/training-set.ts';
import type { Prepared } from '../prepare/prepared.ts';
import type { Fold } from '../split/folds.ts';
import { scoreOf } from './trial-score.ts';

export interface CrossValidated {
  /** One score a fold. */
  readonly values: readonly number[];
  readonly mean: number;
  /** Of the mean: how far it may be off by chance. */
  readonly error: number;
  readonly deviation: number;
  /** Answers to rows that were held out, and which rows they are. */
  readonly rows: Int32Array;
  readonly answers: Float64Array;
}

/**
 * Trains once a fold, and answers the rows that the fold holds out.
 *
 * @param chosen rows of `prepared` that the folds are of
 * @param alike  in the scores every label counts as much as any other
 * @returns nothing if the time was over before the first fold was done
 */
export function crossValidate(
  trainer: Trainer,
  prepared: Prepared,
  chosen: ArrayLike<number>,
  folds: readonly Fold[],
  choices: FitChoices,
  step: TrainerRun['step'],
  alike = false,
): CrossValidated | undefined {
  const form = formFor(trainer, prepared);
  const outputs = outputsOf(form.target);
  const values: number[] = [];
  const answered: Float64Array[] = [];
  const rows: number[] = [];
  for (const [at, fold] of folds.entries()) {
    const places = (list: Int32Array) => Int32Array.from(list, (place) => chosen[place] as number);
    let going = true;
    const fitted = fitRows(trainer, prepared, places(fold.train), choices, (done, words) => {
      going &&= step((at + done) / folds.length, `fold ${at + 1} of ${folds.length}, ${words}`);
      return going;
    });
    if (!going) break;
    const test = places(fold.test);
    const held = selectRows(form, test);
    const answers = fitted.predict(held.values, held.rows);
    const score = scoreOf(
      held.target,
      answers,
      Uint8Array.from(test, (row) => prepared.anomalous[row] as number),
      alike,
    );
    if (Number.isFinite(score)) values.push(score);
    answered.push(answers);
    rows.push(...test);
  }
  if (answered.length === 0) return undefined;
  const answers = new Float64Array(rows.length * outputs);
  let from = 0;
  for (const part of answered) {
    answers.set(part, from);
    from += part.length;
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = values.length > 1 ? Math.sqrt(spread / (values.length - 1)) : 0;
  const error = deviation / Math.sqrt(Math.max(1, values.length));
  return { values, mean, deviation, error, rows: Int32Array.from(rows), answers };
}
