/** Every trainer with every task that it learns: what each file of this suite runs over. */
import type { Fitted, Trainer, TrainerRun } from '../../../../../runtime/training/fit/trainer.ts';
import type { LearningTask, TrainingSet } from '../../../../../runtime/training/fit/training-set.ts';
import { TRAINERS } from '../../../../../runtime/training/trainers/catalogue.ts';

export interface Case {
  readonly trainer: Trainer;
  readonly task: LearningTask;
  readonly title: string;
}

export const CASES: readonly Case[] = Object.values(TRAINERS).flatMap((trainer) =>
  trainer.tasks.map((task) => ({ trainer, task, title: `${trainer.name}, ${task}` })),
);

/** A run that nobody ends. */
export const calm = (seed = 1, validation?: TrainingSet): TrainerRun => ({
  seed,
  ...(validation && { validation }),
  step: () => true,
});

/** Trains with the defaults, but for what is given. */
export function fit(trainer: Trainer, set: TrainingSet, run: TrainerRun = calm(), settings: object = {}): Fitted {
  return trainer.train(set, trainer.settings.parse(settings), run);
}
