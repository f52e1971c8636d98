import type { TrainingChoices } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import type { Prepared } from '../prepare/prepared.ts';
import { foldsOf } from '../split/folds.ts';
import type { SplitBy } from '../../datasets/index.ts';
import { balanced } from './class-weights.ts';
import type { Fitted, Trainer, TrainerRun } from './trainer.ts';
import { selectRows, type TrainingSet } from './training-set.ts';

/** One in so many of the rows to learn from is held out for early stopping. */
const VALIDATION = 10;
/** Fewer rows are all learnt from. */
const ROWS_TO_SPARE = 100;

export interface FitChoices extends Pick<TrainingChoices, 'balance' | 'seed'> {
  /** Of the trainer, as its schema gives them. */
  readonly settings: unknown;
  readonly by: SplitBy;
}

/** The form of the examples that a trainer takes. @throws WINDOWS_NEEDED */
export function formFor(trainer: Trainer, { features, windows }: Prepared): TrainingSet {
  if (trainer.takes === 'features' && features) return features;
  if (windows) return windows;
  throw errors.WINDOWS_NEEDED({ trainer: trainer.title, columns: features?.width ?? 0 });
}

/**
 * Trains on these rows: rare labels weighted, some rows held out where the trainer stops by them.
 *
 * @param rows of `prepared`
 */
export function fitRows(
  trainer: Trainer,
  prepared: Prepared,
  rows: ArrayLike<number>,
  { balance, seed, settings, by }: FitChoices,
  step: TrainerRun['step'],
): Fitted {
  const form = formFor(trainer, prepared);
  // An anomaly is never learnt from.
  const learnt = Array.from(rows).filter((row) => prepared.anomalous[row] !== 1);
  const [part] = trainer.stopsEarly && learnt.length >= ROWS_TO_SPARE ? foldsOf(prepared, learnt, by, VALIDATION) : [];
  const at = (places: Int32Array) => Int32Array.from(places, (place) => learnt[place] as number);
  const usable = part !== undefined && covers(prepared, at(part.train), learnt);
  const set = balanced(selectRows(form, usable ? at(part.train) : learnt), balance);
  return trainer.train(set, settings, {
    ...{ seed, step },
    ...(usable && { validation: selectRows(form, at(part.test)) }),
  });
}

/** Whether no label would be lost to what is held out. */
function covers({ strata }: Prepared, train: Int32Array, all: readonly number[]): boolean {
  const kept = new Set(Array.from(train, (row) => strata[row]));
  return all.every((row) => kept.has(strata[row] as number));
}
