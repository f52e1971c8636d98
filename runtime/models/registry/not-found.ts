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
