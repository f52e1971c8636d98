import type { MillraceError } from '../../base/index.ts';
import type { ModelAlias } from './aliases.ts';
import { referenceTo } from './entry.ts';
import { errors } from './errors.ts';
import { type FoundEntry, visible } from './find-entries.ts';
import { nearestFirst } from './nearest.ts';

/** MODEL_NOT_FOUND with every version and alias that can be used, the nearest name first. */
export function notFound(
  reference: string,
  entries: readonly FoundEntry[],
  aliases: readonly ModelAlias[],
): MillraceError {
  const wanted = reference.trim();
  const known = [
    ...visible(entries)
      .filter(({ error }) => !error)
      .map(referenceTo),
    ...aliases.map(({ name, alias }) => `${name}@${alias}`),
  ];
  return errors.MODEL_NOT_FOUND({ reference: wanted, known: nearestFirst(wanted, known) });
}

/**
 * What MODEL_NOT_FOUND is to a flow that may be wired before its model is made: a wait.
 *
 * @throws what was thrown, where waiting would not help
 */
export function awaitModel(reference: string, thrown: MillraceError): MillraceError {
  const wanted = reference.trim();
  if (thrown.code !== 'MODEL_NOT_FOUND' || wanted === '') throw thrown;
  const there = /: there is (.*)$/s.exec(thrown.message)?.[1];
  return errors.MODEL_AWAITED({ reference: wanted, there }, { cause: thrown });
}
