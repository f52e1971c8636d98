import { z } from 'zod';
import { errors } from '../errors.ts';
import type { Trainer } from './trainer.ts';

/** @returns the settings with defaults for what is left out. @throws TRAINER_SETTING_INVALID */
export function parseSettings(trainer: Trainer, settings: Readonly<Record<string, unknown>>): unknown {
  const known = trainer.settings instanceof z.ZodObject ? Object.keys(trainer.settings.shape) : [];
  const unknown = Object.keys(settings).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const problem = `there is no such setting; there are: ${known.join(', ') || 'none'}`;
    throw errors.TRAINER_SETTING_INVALID({ trainer: trainer.name, setting: unknown, problem });
  }
  const result = trainer.settings.safeParse(settings);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw errors.TRAINER_SETTING_INVALID({
    trainer: trainer.name,
    setting: issue?.path.map(String).join('.') ?? '',
    problem: issue?.message ?? 'not understood',
  });
}

export const defaults = (trainer: Trainer): unknown => trainer.settings.parse({});
