import type { TrainerName } from '../../messages/index.ts';
import type { Trainer } from '../fit/trainer.ts';

/** Every trainer, by its name. */
export const TRAINERS: Readonly<Partial<Record<TrainerName, Trainer>>> = {};
