import { errors } from '../errors.ts';
import { allowedWords, type ControlSpec, problemOf } from './controls.ts';

/**
 * A change of a world that has these controls, as plain data.
 *
 * @throws WORLD_INVALID with what may be set
 */
export function checkedChange(controls: readonly ControlSpec[], change: unknown): object {
  const problem = problemOf(controls, change);
  if (problem !== undefined) throw errors.WORLD_INVALID({ problem, allowed: allowedWords(controls) });
  return { ...(change as object) };
}
