import type { TrainerName } from '../../messages/index.ts';
import type { Trainer } from '../fit/trainer.ts';
import { logisticRegression } from './logistic-regression/logistic-regression.ts';

/** Every trainer, by its name. */
export const TRAINERS: Readonly<Partial<Record<TrainerName, Trainer>>> = {
  'logistic-regression': logisticRegression,
};
