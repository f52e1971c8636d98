import { z } from 'zod';
import { TRAINERS } from '../../training/index.ts';
import type { TrainerCard } from './types.ts';

/** What there is to choose from, for dialogs. */
export const trainerCards = (): readonly TrainerCard[] =>
  Object.values(TRAINERS).map(({ name, title, suits, tasks, takes, settings }) => ({
    ...{ name, title, suits, tasks: [...tasks], takes },
    settings: z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }),
  }));
