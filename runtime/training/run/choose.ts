import type { Trial } from '../../messages/index.ts';
import { chooseTrainer } from '../automatic/choose-trainer.ts';
import type { CrossValidated } from '../automatic/cross-validate.ts';
import { errors } from '../errors.ts';
import { parseSettings } from '../fit/parse-settings.ts';
import type { Trainer } from '../fit/trainer.ts';
import type { Prepared } from '../prepare/prepared.ts';
import type { Split } from '../../datasets/index.ts';
import { TRAINERS } from '../trainers/catalogue.ts';
import type { TrainingJob } from './job.ts';
import type { Progress } from './progress.ts';

export interface Choice {
  readonly trainer: Trainer;
  readonly settings: unknown;
  readonly tried: readonly Trial[];
  readonly why: string;
  readonly result?: CrossValidated;
}

/** The trainer that a person chose, or what fits the examples. @throws TASK_UNSUITABLE, TRAINER_SETTING_INVALID, TRAINERS_FAILED */
export function choose(
  { choices }: TrainingJob,
  prepared: Prepared,
  split: Split,
  progress: Progress,
  now: () => number,
): Choice {
  const { trainer: name, seconds, balance, seed, settings } = choices;
  if (name === 'automatic') {
    const around = { choices: { by: split.by, balance, seed }, seconds, now, step: progress.part(0.05, 0.4) };
    const chosen = chooseTrainer(prepared, split.train, around);
    return { ...chosen, settings: parseSettings(chosen.trainer, {}) };
  }
  const trainer = TRAINERS[name];
  if (!trainer?.tasks.includes(prepared.task)) {
    throw errors.TASK_UNSUITABLE({ trainer: trainer?.title ?? name, task: prepared.task });
  }
  return {
    ...{ trainer, settings: parseSettings(trainer, settings), tried: [] },
    why: `${trainer.title} was chosen by you.`,
  };
}
