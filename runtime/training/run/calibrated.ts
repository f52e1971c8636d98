import { costOf, WORK_EACH_SECOND } from '../automatic/cost.ts';
import { type CrossValidated, crossValidate } from '../automatic/cross-validate.ts';
import { some } from '../automatic/some-rows.ts';
import { calibrate } from '../calibration/calibrate.ts';
import { withScaling } from '../calibration/with-scaling.ts';
import { type FitChoices, formFor } from '../fit/fit-rows.ts';
import type { Fitted, Trainer } from '../fit/trainer.ts';
import { outputsOf } from '../fit/training-set.ts';
import type { Prepared } from '../prepare/prepared.ts';
import { foldsOf } from '../split/folds.ts';
import type { Split } from '../../datasets/index.ts';
import type { TrainingJob } from './job.ts';
import type { Progress } from './progress.ts';

/** Folds by which a calibration is fitted, and rows that it is fitted by. */
const FOLDS = 3;
const ROWS = 10_000;

/**
 * A classifier whose probabilities mean what they say, where that can be made of it.
 *
 * @param known answers to held-out rows, where the trainer has been cross-validated already
 */
export function calibrated(
  fitted: Fitted,
  trainer: Trainer,
  prepared: Prepared,
  split: Split,
  fit: FitChoices,
  choices: TrainingJob['choices'],
  known: CrossValidated | undefined,
  progress: Progress,
): Fitted {
  if (prepared.task !== 'classification' || choices.calibrate === 'off') return fitted;
  const form = formFor(trainer, prepared);
  const result = known ?? crossed();
  if (!result || form.target.task !== 'classification') return fitted;
  const { codes, classes } = form.target;
  const scaling = calibrate(
    {
      ...{ rows: result.rows.length, classes: classes.length, scores: result.answers },
      codes: Int32Array.from(result.rows, (row) => codes[row] as number),
    },
    choices.calibrate,
  );
  return scaling ? withScaling(fitted, scaling) : fitted;

  /** Nobody has cross-validated it yet: once for this, if there is time. */
  function crossed(): CrossValidated | undefined {
    const rows = some(split.train, ROWS);
    const size = { rows: rows.length, width: form.width, outputs: outputsOf(form.target) };
    const cost = (FOLDS * costOf(trainer.name, size)) / WORK_EACH_SECOND;
    if (choices.calibrate === 'auto' && cost > choices.seconds / 2) return undefined;
    const folds = foldsOf(prepared, rows, split.by, FOLDS);
    return crossValidate(trainer, prepared, rows, folds, fit, progress.part(0.75, 0.85));
  }
}
